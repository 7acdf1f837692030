-- The last line that wrk prints is JSON: milliseconds and counts. Anything but 200 is an error.
done = function(summary, latency)
  local errors = summary.errors
  local wrong = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"p50": %.2f, "p95": %.2f, "rate": %.1f, "errors": %d}\n',
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, summary.requests / summary.duration * 1e6, wrong))
end
