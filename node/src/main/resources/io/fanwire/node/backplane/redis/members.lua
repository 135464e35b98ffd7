-- Writes down one node's lease, or takes it out, forgets those that have run out, and tells the others:
-- {id, text, rest of the lease in ms, id, …}. By Redis' clock, so that the nodes' own need not agree.
-- KEYS[1]  a hash: node id = "<end of the lease in ms since 1970> <text>"
-- ARGV     run id of this Redis (not used), node id, lease in ms (0: leaves), text
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local lease = tonumber(ARGV[3])
if lease > 0 then
  redis.call('HSET', KEYS[1], ARGV[2], string.format('%.0f', now + lease) .. ' ' .. ARGV[4])
  redis.call('PEXPIRE', KEYS[1], math.max(lease, redis.call('PTTL', KEYS[1])))
else
  redis.call('HDEL', KEYS[1], ARGV[2])
end
local live = {}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local ends, text = string.match(all[i + 1], '^(%d+) (.*)$')
  if ends and tonumber(ends) > now then
    live[#live + 1] = all[i]
    live[#live + 1] = text
    live[#live + 1] = tonumber(ends) - now
  else
    redis.call('HDEL', KEYS[1], all[i])
  end
end
return live
