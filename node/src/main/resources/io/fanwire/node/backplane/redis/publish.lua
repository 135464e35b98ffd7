-- Publishes to one topic in one atomic step: the next offset, the history, the message. Returns its position,
-- "epoch:offset"; for an idempotency key that was there before, the first one's.
-- KEYS     the hash; with history the stream; with an idempotency key where its first position is kept
-- ARGV[4]  channel, body, time to live of the idempotency key in ms, history: size (0 for none), age in ms, bytes
-- The hash has, for the history: m = time of the newest entry in ms, h = offset of the oldest one, b = bytes of all,
-- d = when age and expiry are next to be looked after
local size = tonumber(ARGV[7])
local stream = size > 0 and KEYS[2]
local key = KEYS[stream and 3 or 2]
local first = key and redis.call('GET', key)
if first then
  -- A write, so that WAIT on this connection covers the first one too.
  redis.call('PEXPIRE', key, ARGV[6])
  return first
end

local position
if not stream then
  local topic = redis.call('HMGET', KEYS[1], 'e', 'r')
  position = current(topic[1], topic[2]) .. ':' .. text(redis.call('HINCRBY', KEYS[1], 'o', 1))
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  redis.call('PUBLISH', ARGV[4], position .. '\n' .. ARGV[5])
else
  local topic = redis.call('HMGET', KEYS[1], 'e', 'r', 'o', 'm', 'h', 'b', 'd')
  local age, limit = tonumber(ARGV[8]), tonumber(ARGV[9])
  local time = redis.call('TIME')
  local now = math.max(tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000), tonumber(topic[4] or '0'))
  local offset = tonumber(topic[3] or '0') + 1
  local head, bytes, due = tonumber(topic[5] or '0'), tonumber(topic[6] or '0'), tonumber(topic[7] or '0')
  position = current(topic[1], topic[2], stream) .. ':' .. text(offset)
  local message = position .. '\n' .. ARGV[5]
  local id = text(offset) .. '-' .. text(now)

  local added = redis.pcall('XADD', stream, 'NOMKSTREAM', id, 'm', message)
  if type(added) == 'table' then
    if not string.find(added.err, 'WRONGTYPE') and not string.find(added.err, 'equal or smaller') then
      return added
    end
    -- Somebody else wrote here. What is lost by it is told to who misses it.
    redis.call('DEL', stream)
  end
  if type(added) ~= 'string' then
    redis.call('XADD', stream, id, 'm', message)
    head, bytes, due = offset, 0, 0
  end
  bytes = bytes + #message

  -- Not one by one: an eighth more may be there.
  local excess = offset - head + 1 - size
  if now >= due or excess > size / 8 or bytes > limit * 1.125 then
    local average = bytes / (offset - head + 1)
    local look = math.max(excess, (bytes - limit) / average) + 1
    if now >= due then
      look = math.max(look, 131072 / average)
    end
    local entries = redis.call('XRANGE', stream, '-', '+', 'COUNT', text(math.min(32, math.ceil(look))))
    local done = false
    for _, entry in ipairs(entries) do
      local at, ms = string.match(entry[1], '^(%d+)-(%d+)$')
      head = tonumber(at)
      if head >= offset then
        bytes = #message
        done = true
        break
      end
      if head > offset - size and bytes <= limit and tonumber(ms) >= now - age then
        done = true
        break
      end
      bytes = math.max(bytes - #entry[2][2], #message)
      head = head + 1
    end
    redis.call('XTRIM', stream, 'MINID', text(head))
    if now >= due then
      redis.call('PEXPIRE', KEYS[1], ARGV[3])
      redis.call('PEXPIRE', stream, text(age * 1.125))
      if done then
        due = now + math.min(age, tonumber(ARGV[3])) / 8
      end
    end
    redis.call('HSET', KEYS[1], 'o', text(offset), 'm', text(now), 'b', text(bytes), 'h', text(head), 'd', text(due))
  else
    redis.call('HSET', KEYS[1], 'o', text(offset), 'm', text(now), 'b', text(bytes))
  end
  redis.call('PUBLISH', ARGV[4], message)
end

if key then
  redis.call('SET', key, position, 'PX', ARGV[6])
end
return position
