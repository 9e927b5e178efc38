-- POSTs admissions with a fresh UUIDv7 each. Arguments: token, access point, file of passes (a line each), presentedAt,
-- first line to use. One thread only: its passes go round in order.
local request_head, request_tail, passes, at, count
function init(args)
  passes = {}
  for line in io.lines(args[3]) do passes[#passes + 1] = line end
  at = tonumber(args[5])
  count = 0
  math.randomseed(os.time() * 1000 + at)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. args[1]
  wrk.headers["Content-Type"] = "application/json"
  request_tail = '","accessPoint":' .. args[2] .. ',"presentedAt":"' .. args[4] .. '","credential":"'
  milliseconds = os.time() * 1000
end
function request()
  count = count + 1
  at = at % #passes + 1
  if count % 16 == 0 then milliseconds = os.time() * 1000 + count % 1000 end
  local time = string.format("%012x", milliseconds)
  local id = string.format("%s-%s-7%03x-8%03x-%06x%06x", time:sub(1, 8), time:sub(9), math.random(0, 4095),
    math.random(0, 4095), math.random(0, 16777215), math.random(0, 16777215))
  return wrk.format(nil, nil, nil, '{"id":"' .. id .. request_tail .. passes[at] .. '"}')
end
function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format('\n{"requests":%d,"us":%d,"p50":%d,"p99":%d,"failed":%d}\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), failed))
end
