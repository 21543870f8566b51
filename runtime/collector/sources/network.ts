import { readFile } from 'node:fs/promises';
import { defaultRouteInterface } from './default-route.ts';
import { createUnwrapper } from './never-decreasing.ts';
import type { Metrics, Roots, Source } from './source.ts';

/** psutil's names with their columns in /proc/net/dev, in psutil's order. */
const COUNTERS = {
  bytes_sent: 8,
  bytes_recv: 0,
  packets_sent: 9,
  packets_recv: 1,
  errin: 2,
  errout: 10,
  dropin: 3,
  dropout: 11,
} as const;

const COLUMNS = 16;

type Counters = ReadonlyMap<string, bigint>;

/** Counters by interface. The last colon ends the name, for names may hold colons themselves. */
export function parseNetworkDevices(dev: string): Map<string, Counters> {
  const lines = dev.split('\n').slice(2);
  return new Map(
    lines.flatMap((line) => {
      const colon = line.lastIndexOf(':');
      if (colon < 1) return [];
      const columns = line
        .slice(colon + 1)
        .trim()
        .split(/\s+/);
      if (columns.length < COLUMNS) throw new Error(`unknown format of net/dev: "${line.trim()}"`);
      const counters = Object.entries(COUNTERS).map(([name, at]) => [name, BigInt(columns[at] ?? '0')] as const);
      return [[line.slice(0, colon).trim(), new Map(counters)] as const];
    }),
  );
}

/** The interface that the `eth0` names stand for: eth0 itself, that of the default route, the busiest, loopback. */
export function chooseEth0(interfaces: ReadonlyMap<string, Counters>, ofDefaultRoute?: string): string | undefined {
  if (interfaces.has('eth0')) return 'eth0';
  if (ofDefaultRoute !== undefined && interfaces.has(ofDefaultRoute)) return ofDefaultRoute;
  const traffic = (name: string) => {
    const counters = interfaces.get(name);
    return (counters?.get('bytes_sent') ?? 0n) + (counters?.get('bytes_recv') ?? 0n);
  };
  const names = [...interfaces.keys()].filter((name) => name !== 'lo');
  if (names.length === 0) return interfaces.has('lo') ? 'lo' : undefined;
  return names.reduce((busiest, name) => (traffic(name) > traffic(busiest) ? name : busiest));
}

/** eth0 first, with the second spelling of its byte counters that many functions read; then every other interface. */
export function nameCounters(interfaces: ReadonlyMap<string, Counters>, eth0: string | undefined): Metrics {
  const metrics = new Map<string, bigint>();
  const add = (name: string, counters: Counters) => {
    for (const [counter, value] of counters) metrics.set(`net_io_counters_${name}-${counter}`, value);
  };
  const main = eth0 === undefined ? undefined : interfaces.get(eth0);
  if (main !== undefined) {
    add('eth0', main);
    for (const counter of ['bytes_sent', 'bytes_recv']) {
      metrics.set(`net_io_counters_eth0-${counter}1`, main.get(counter) ?? 0n);
    }
  }
  for (const [name, counters] of interfaces) add(name, counters);
  return metrics;
}

/** `net_io_counters_<interface>-…`, as psutil's `net_io_counters(pernic=True)`. */
export function createNetworkSource({ proc }: Roots): Source {
  // /proc/net belongs to whoever reads it; in another machine's /proc, its first process is the one to ask.
  const net = proc === '/proc' ? '/proc/net' : `${proc}/1/net`;
  const unwrap = createUnwrapper();
  const readRoutes = (file: string) => readFile(`${net}/${file}`, 'utf8').catch(() => '');
  return {
    name: 'network',
    read: async () => {
      const interfaces = unwrap(parseNetworkDevices(await readFile(`${net}/dev`, 'utf8')));
      const ofDefaultRoute = interfaces.has('eth0')
        ? undefined
        : defaultRouteInterface(await readRoutes('route'), await readRoutes('ipv6_route'));
      return nameCounters(interfaces, chooseEth0(interfaces, ofDefaultRoute));
    },
  };
}
