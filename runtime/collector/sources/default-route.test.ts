import { expect, test } from 'vitest';
import { defaultRouteInterface } from './default-route.ts';

const HEADER = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const ZEROS = '0'.repeat(32);

const ipv4 = (name: string, destination: string, metric: number, flags = '0003') =>
  `${name}\t${destination}\t010200C0\t${flags}\t0\t0\t${metric}\t${destination === '00000000' ? '00000000' : '00FFFFFF'}\t0\t0\t0\n`;
const ipv6 = (name: string, metric: string, flags = '00000003') =>
  `${ZEROS} 00 ${ZEROS} 00 fd${'0'.repeat(29)}1 ${metric} 00000002 00000000 ${flags}     ${name}\n`;

test('the default route with the lowest metric; routes to one network do not count', () => {
  const routes =
    HEADER + ipv4('docker0', '000011AC', 0) + ipv4('wlan0', '00000000', 600) + ipv4('enp3s0', '00000000', 100);
  expect(defaultRouteInterface(routes, '')).toBe('enp3s0');
});

test('a route that is down or refuses is none', () => {
  const routes =
    HEADER + ipv4('a', '00000000', 0, '0002') + ipv4('b', '00000000', 0, '0201') + ipv4('c', '00000000', 9);
  expect(defaultRouteInterface(routes, '')).toBe('c');
});

test('IPv6 answers where IPv4 has no default route; its metric is hexadecimal', () => {
  const routes = ipv6('ens5', '00000400') + ipv6('ens6', '00000064') + ipv6('lo', '00000000', '00200200');
  expect(defaultRouteInterface(HEADER + ipv4('ens5', '000200C0', 0), routes)).toBe('ens6');
});

test('no route at all', () => {
  expect(defaultRouteInterface(HEADER, '')).toBeUndefined();
  expect(defaultRouteInterface('', '')).toBeUndefined();
});
