/** Network egress, memory caching and the moving average of each CPU over the last minute. */

const WINDOW_MS = 60_000;

export function handler(input, context) {
  const now = Date.parse(input.timestamp.replace(' ', 'T'));
  context.env.samples ??= [];
  const { samples } = context.env;
  // The function is called every period, also when the collector has not written a new sample since.
  if (samples.at(-1)?.now !== now) samples.push({ now, input });
  while (now - samples[0].now >= WINDOW_MS) samples.shift();

  const result = {
    'percent-network-egress': networkEgress(input),
    'percent-memory-caching': memoryCaching(input),
  };
  for (const name of Object.keys(input).filter((key) => key.startsWith('cpu_percent-'))) {
    const values = samples.map((sample) => sample.input[name]);
    const cpu = name.slice('cpu_percent-'.length);
    result[`avg-util-cpu${cpu}-60sec`] = values.reduce((sum, value) => sum + value, 0) / values.length;
  }
  return { ...result, timestamp: input.timestamp };
}

function networkEgress(input) {
  const sent = input['net_io_counters_eth0-bytes_sent'] ?? 0;
  const received = input['net_io_counters_eth0-bytes_recv'] ?? 0;
  return sent + received === 0 ? 0 : (sent / (sent + received)) * 100;
}

function memoryCaching(input) {
  const cached = (input['virtual_memory-cached'] ?? 0) + (input['virtual_memory-buffers'] ?? 0);
  const total = input['virtual_memory-total'] ?? 0;
  return total === 0 ? 0 : (cached / total) * 100;
}
