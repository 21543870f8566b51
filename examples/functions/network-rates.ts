/** Bytes per second in and out of every interface, from the counters of this sample and the one before. */

type Sample = Record<string, number | string>;
type Context = { env: { before?: { at: number; counters: Map<string, number> } } };

const COUNTER = /^net_io_counters_(.+)-(bytes_sent|bytes_recv)$/;

export function handler(input: Sample, context: Context): Record<string, number> {
  const at = Date.parse(String(input.timestamp).replace(' ', 'T'));
  const counters = new Map(
    Object.entries(input)
      .filter(([name]) => COUNTER.test(name))
      .map(([name, value]) => [name, Number(value)]),
  );
  const { before } = context.env;
  if (before !== undefined && at <= before.at) return {}; // the same sample again: no result this time
  context.env.before = { at, counters };
  if (before === undefined) return {};

  const seconds = (at - before.at) / 1000;
  const rates: Record<string, number> = {};
  for (const [name, value] of counters) {
    const [, device = '', direction = ''] = COUNTER.exec(name) ?? [];
    // A counter that fell was reset: the machine or the interface has been restarted.
    const bytes = Math.max(0, value - (before.counters.get(name) ?? value));
    rates[`${device}.${direction === 'bytes_sent' ? 'out' : 'in'}_bytes_per_second`] = bytes / seconds;
  }
  return rates;
}
