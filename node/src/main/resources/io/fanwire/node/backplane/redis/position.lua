-- Reads a topic's position, "epoch:offset", and keeps the topic alive. Defines the epoch of a topic that has none, so
-- that a subscriber knows it before the first publication. Starts a new epoch if Redis is behind what the caller has
-- seen of the same epoch: Redis has lost publications, and would give their offsets to others.
-- KEYS[1] the topic's hash: e = epoch, o = offset of the newest publication
-- ARGV    epoch for a new start, time to live of the topic in ms, epoch that the caller knows or '', offset it knows
local epoch = redis.call('HGET', KEYS[1], 'e')
local offset = tonumber(redis.call('HGET', KEYS[1], 'o') or '0')
if not epoch or (epoch == ARGV[3] and offset < tonumber(ARGV[4])) then
  epoch = ARGV[1]
  offset = 0
  redis.call('HSET', KEYS[1], 'e', epoch, 'o', '0')
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return epoch .. ':' .. string.format('%.0f', offset)
