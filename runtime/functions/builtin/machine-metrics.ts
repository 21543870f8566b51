/**
 * The function that runs when nobody has brought one: network egress, memory caching, and per CPU the moving average
 * over the last minute, from a sample with psutil's names. It is written as any user's function would be.
 */

const WINDOW_MS = 60_000;

type Sample = Readonly<Record<string, unknown>>;
type Point = { at: number; cpus: ReadonlyMap<number, number> };
type Context = { env: { window?: Point[] } };

export function handler(sample: Sample, context: Context): Record<string, number | string> {
  const timestamp = sample.timestamp;
  const result: Record<string, number | string> = {
    'percent-network-egress': networkEgress(sample),
    'percent-memory-caching': memoryCaching(sample),
  };
  for (const [cpu, average] of movingAverages(sample, context)) result[`avg-util-cpu${cpu}-60sec`] = average;
  if (typeof timestamp === 'string') result.timestamp = timestamp;
  return result;
}

function networkEgress(sample: Sample): number {
  const sent = number(sample['net_io_counters_eth0-bytes_sent'] ?? sample['net_io_counters_eth0-bytes_sent1']);
  const received = number(sample['net_io_counters_eth0-bytes_recv'] ?? sample['net_io_counters_eth0-bytes_recv1']);
  return sent + received === 0 ? 0 : (sent / (sent + received)) * 100;
}

function memoryCaching(sample: Sample): number {
  const total = number(sample['virtual_memory-total']);
  const cached = number(sample['virtual_memory-cached']) + number(sample['virtual_memory-buffers']);
  return total === 0 ? 0 : (cached / total) * 100;
}

/** By the samples' own timestamps: a sample that is read twice counts once, and one of a minute ago no longer. */
function movingAverages(sample: Sample, context: Context): [cpu: number, average: number][] {
  const at = timeOf(sample.timestamp);
  const known = context.env.window ?? [];
  const newest = known.at(-1);
  const window = newest?.at === at ? known : [...known, { at, cpus: cpusOf(sample) }];
  context.env.window = window.filter((point) => at - point.at < WINDOW_MS && point.at <= at);
  const cpus = [...(context.env.window.at(-1)?.cpus.keys() ?? [])].sort((a, b) => a - b);
  return cpus.map((cpu) => [cpu, mean(context.env.window ?? [], cpu)]);
}

function mean(window: readonly Point[], cpu: number): number {
  const values = window.flatMap(({ cpus }) => cpus.get(cpu) ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function cpusOf(sample: Sample): Map<number, number> {
  const cpus = new Map<number, number>();
  for (const [name, value] of Object.entries(sample)) {
    const match = /^cpu_percent-(\d+)$/.exec(name);
    if (match !== null) cpus.set(Number(match[1]), number(value));
  }
  return cpus;
}

/** ms of `2025-12-04 22:23:48.287939` (local) or ISO 8601; now when the sample has no usable time. */
function timeOf(timestamp: unknown): number {
  if (typeof timestamp !== 'string') return Date.now();
  const time = Date.parse(timestamp.replace(' ', 'T'));
  // Date.parse drops what is finer than ms, and a window of exactly one minute is decided by it.
  const finer = /\.\d{3}(\d+)/.exec(timestamp)?.[1] ?? '0';
  return Number.isNaN(time) ? Date.now() : time + Number(`0.${finer}`);
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
