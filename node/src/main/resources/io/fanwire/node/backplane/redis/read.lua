-- Reads a page of a topic's history. Returns where the topic stands, as position.lua does; the first offset that was
-- looked for; '1' if there is more, else '0'; and for each entry its id and its message ('' if it is not one of ours).
-- KEYS     the hash, the stream
-- ARGV[4]  where to start: offset, beginning, time (in ms) or last, and its number; entries at most; bytes of their
--          bodies at most (one may be larger); '1' if there is a history at all
local CHUNK = 16
local topic = redis.call('HMGET', KEYS[1], 'e', 'r', 'o')
local epoch = current(topic[1], topic[2], KEYS[2])
local newest = topic[1] and tonumber(topic[3] or '0') or 0
if not topic[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end

-- From an id on, up to the newest publication: what lies behind it is not ours.
local function range(from, count)
  if ARGV[8] ~= '1' then
    return {}
  end
  local found = redis.pcall('XRANGE', KEYS[2], from, text(newest), 'COUNT', count)
  return found.err and {} or found
end

local function parts(entry)
  local offset, ms = string.match(entry[1], '^(%d+)-(%d+)$')
  return tonumber(offset), tonumber(ms)
end

local function beginning()
  local oldest = range('-', 1)[1]
  -- An id of somebody else's may even be 0.
  return oldest and math.max(1, (parts(oldest))) or newest + 1
end

-- The first offset whose entry is not older. Times rise with the offsets.
local function since(time)
  local low, high = beginning(), newest + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    local entry = range(text(middle), 1)[1]
    local offset, ms
    if entry then
      offset, ms = parts(entry)
    end
    if not entry or ms >= time then
      high = middle
    else
      low = offset + 1
    end
  end
  local entry = range(text(low), 1)[1]
  return entry and math.max(1, (parts(entry))) or newest + 1
end

local from
if ARGV[4] == 'offset' then
  from = tonumber(ARGV[5])
elseif ARGV[4] == 'beginning' then
  from = beginning()
elseif ARGV[4] == 'last' then
  from = math.max(beginning(), newest + 1 - tonumber(ARGV[5]))
else
  from = since(tonumber(ARGV[5]))
end

local forks = redis.call('HGET', KEYS[1], 'f')
local page = {epoch .. ':' .. text(newest) .. (forks and ',' .. forks or ''), text(from), '0'}
local count, bytes = tonumber(ARGV[6]), tonumber(ARGV[7])
local next = text(from)
while from <= newest do
  local wanted = math.min(count + 1, CHUNK)
  local found = range(next, wanted)
  for _, entry in ipairs(found) do
    local message = #entry[2] == 2 and entry[2][1] == 'm' and entry[2][2] or ''
    local body = #message - (string.find(message, '\n', 1, true) or 0)
    if count == 0 or (#page > 3 and body > bytes) then
      page[3] = '1'
      return page
    end
    page[#page + 1] = entry[1]
    page[#page + 1] = message
    count = count - 1
    bytes = bytes - body
    next = '(' .. entry[1]
  end
  if #found < wanted then
    break
  end
end
return page
