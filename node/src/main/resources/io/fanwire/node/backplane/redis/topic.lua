-- Stands before every script: a topic's epoch, and what it goes back to.
-- KEYS[1]  the topic's hash: e = epoch, o = offset of the newest publication, r = run id of the Redis that it was last
--          written on, f = forks, newest first: "epoch:offset,epoch:offset"; publish.lua says what else is there
-- ARGV     run id of this Redis ('' if unknown), epoch for a new start, time to live of the topic in ms, then each
--          script's own
local MAX_FORKS = 4

-- Lua would print a large number as 1.7e+15. Epochs are kept as text from end to end.
local function text(number)
  return string.format('%.0f', number)
end

-- Starts a new epoch that goes on with the offsets. It shares with the one before what is up to this offset.
local function fork(epoch, shared)
  local forks = {epoch .. ':' .. text(shared)}
  for earlier, offset in string.gmatch(redis.call('HGET', KEYS[1], 'f') or '', '(%d+):(%d+)') do
    if #forks == MAX_FORKS then
      break
    end
    forks[#forks + 1] = earlier .. ':' .. text(math.min(tonumber(offset), shared))
  end
  redis.call('HSET', KEYS[1], 'e', ARGV[2], 'f', table.concat(forks, ','))
  return ARGV[2]
end

-- The topic's epoch, given the fields e and r. A topic that is unknown starts, and what a stream may hold is not its own.
-- One that another Redis wrote last (this one was started from that one's data, or was its replica) forks: the other
-- may have given out more than came here.
local function current(epoch, run, stream)
  if not epoch then
    redis.call('HSET', KEYS[1], 'e', ARGV[2], 'o', '0', 'r', ARGV[1])
    if stream then
      redis.call('DEL', stream)
    end
    return ARGV[2]
  end
  if ARGV[1] == '' or run == ARGV[1] then
    return epoch
  end
  if run and run ~= '' then
    epoch = fork(epoch, tonumber(redis.call('HGET', KEYS[1], 'o') or '0'))
  end
  redis.call('HSET', KEYS[1], 'r', ARGV[1])
  return epoch
end

