import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseEth0, createNetworkSource, nameCounters, parseNetworkDevices } from './network.ts';

const HEADER = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

/** A device line whose columns are `from`, `from + 1`, … */
const device = (name: string, from: number) =>
  `${name.padStart(6)}: ${Array.from({ length: 16 }, (_, column) => from + column).join('    ')}\n`;

const parse = (...lines: string[]) => parseNetworkDevices(HEADER + lines.join(''));

test("psutil's eight counters, in its order", () => {
  expect([...(parse(device('eth0', 100)).get('eth0') ?? [])]).toEqual([
    ['bytes_sent', 108n],
    ['bytes_recv', 100n],
    ['packets_sent', 109n],
    ['packets_recv', 101n],
    ['errin', 102n],
    ['errout', 110n],
    ['dropin', 103n],
    ['dropout', 111n],
  ]);
});

test('names may hold dots and colons, and a large counter may touch the colon', () => {
  const tight = `eth0:${'9'.repeat(19)} 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n`;
  const found = parse(device('eth0.100', 0), device('eth0.100:', 0), device('br-4f:1', 0), tight);
  expect([...found.keys()]).toEqual(['eth0.100', 'eth0.100:', 'br-4f:1', 'eth0']);
  expect(found.get('eth0')?.get('bytes_recv')).toBe(9_999_999_999_999_999_999n);
});

test('a format that is not known is an error, not a wrong number', () => {
  expect(() => parse('eth0: 1 2 3\n')).toThrow('unknown format of net/dev: "eth0: 1 2 3"');
});

test('eth0 is itself, whatever the default route says', () => {
  expect(chooseEth0(parse(device('wlan0', 9), device('eth0', 0)), 'wlan0')).toBe('eth0');
});

test('without eth0: the default route, then the busiest, then loopback, then none', () => {
  const several = parse(device('lo', 900), device('docker0', 5), device('wlan0', 50), device('tun0', 1));
  expect(chooseEth0(several, 'tun0')).toBe('tun0');
  expect(chooseEth0(several, 'gone0')).toBe('wlan0');
  expect(chooseEth0(several)).toBe('wlan0');
  expect(chooseEth0(parse(device('lo', 1)))).toBe('lo');
  expect(chooseEth0(parse())).toBeUndefined();
});

test('a stand-in has the eth0 names and its own; only the eth0 names have the second spelling', () => {
  const metrics = nameCounters(parse(device('lo', 0), device('enp3s0', 10)), 'enp3s0');
  expect(metrics.get('net_io_counters_eth0-bytes_sent')).toBe(18n);
  expect(metrics.get('net_io_counters_eth0-bytes_sent1')).toBe(18n);
  expect(metrics.get('net_io_counters_eth0-bytes_recv1')).toBe(10n);
  expect(metrics.get('net_io_counters_enp3s0-dropout')).toBe(21n);
  expect(metrics.get('net_io_counters_lo-bytes_recv')).toBe(0n);
  expect(metrics.size).toBe(10 + 8 + 8);
  expect([...metrics.keys()].filter((name) => name.endsWith('1'))).toHaveLength(2);
});

test("another machine's /proc is asked through its first process, with that machine's routes", async () => {
  const proc = await mkdtemp(join(tmpdir(), 'vigia-net-'));
  await mkdir(join(proc, '1/net'), { recursive: true });
  await writeFile(join(proc, '1/net/dev'), HEADER + device('wlan0', 5000) + device('ens5', 10));
  await writeFile(join(proc, '1/net/route'), 'Iface\nens5\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n');
  const metrics = await createNetworkSource({ proc, sys: proc }).read();
  expect(metrics.get('net_io_counters_eth0-bytes_recv')).toBe(10n);
  await rm(proc, { recursive: true });
});
