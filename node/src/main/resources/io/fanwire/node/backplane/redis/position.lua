-- Reads where a topic stands, "epoch:offset", and its forks behind it, "epoch:offset,epoch:offset,…"; keeps the topic
-- alive. Defines the epoch of a topic that has none, so that a subscriber knows it before the first publication. Forks if
-- Redis is behind what the caller has seen of the same epoch, or the caller has seen an offset twice: Redis has lost
-- publications, and would give their offsets to others.
-- KEYS     the hash, the stream
-- ARGV[4]  epoch that the caller knows ('' for none), newest offset it has seen, the last of them that it trusts
local topic = redis.call('HMGET', KEYS[1], 'e', 'r', 'o')
local epoch = current(topic[1], topic[2], KEYS[2])
local offset = topic[1] and tonumber(topic[3] or '0') or 0
if epoch == ARGV[4] then
  local seen, trusted = tonumber(ARGV[5]), tonumber(ARGV[6])
  if offset < seen or trusted < seen then
    epoch = fork(epoch, math.min(offset, trusted))
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local forks = redis.call('HGET', KEYS[1], 'f')
return epoch .. ':' .. text(offset) .. (forks and ',' .. forks or '')
