-- Publishes to one topic: the next offset, then the message, in one atomic step. Returns its position, "epoch:offset".
-- KEYS[1] the topic's hash: e = epoch, o = offset of the newest publication
-- KEYS[2] only with an idempotency key: where the key's first position is kept
-- ARGV    channel, body, epoch for a topic that has none, time to live of the topic and of the idempotency key in ms
local first = KEYS[2] and redis.call('GET', KEYS[2])
if first then
  return first
end
local epoch = redis.call('HGET', KEYS[1], 'e')
if not epoch then
  -- Kept as text from end to end: Lua would print a large number as 1.7e+15.
  epoch = ARGV[3]
  redis.call('HSET', KEYS[1], 'e', epoch)
end
local position = epoch .. ':' .. string.format('%.0f', redis.call('HINCRBY', KEYS[1], 'o', 1))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if KEYS[2] then
  redis.call('SET', KEYS[2], position, 'PX', ARGV[5])
end
redis.call('PUBLISH', ARGV[1], position .. '\n' .. ARGV[2])
return position
