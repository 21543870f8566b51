const UP = 0x1;
const REJECT = 0x200;

type Route = { name: string; flags: number; metric: number };

/** The interface that reaches the internet: that of the IPv4 default route with the lowest metric, else IPv6's. */
export function defaultRouteInterface(route: string, ipv6Route: string): string | undefined {
  return cheapest(parseIpv4Defaults(route)) ?? cheapest(parseIpv6Defaults(ipv6Route));
}

/** /proc/net/route: interface, destination, gateway, flags, refcount, use, metric (decimal), mask, … */
function parseIpv4Defaults(text: string): Route[] {
  return rows(text).flatMap(([name = '', destination, , flags = '', , , metric, mask]) =>
    destination === '00000000' && mask === '00000000'
      ? [{ name, flags: Number.parseInt(flags, 16), metric: Number(metric) }]
      : [],
  );
}

/** /proc/net/ipv6_route: destination, its length, source, its length, next hop, metric (hex), refcount, use, flags, interface. */
function parseIpv6Defaults(text: string): Route[] {
  return rows(text).flatMap(([destination = '', length, , , , metric = '', , , flags = '', name = '']) =>
    /^0{32}$/.test(destination) && length === '00'
      ? [{ name, flags: Number.parseInt(flags, 16), metric: Number.parseInt(metric, 16) }]
      : [],
  );
}

const rows = (text: string): string[][] => text.split('\n').map((line) => line.trim().split(/\s+/));

function cheapest(routes: readonly Route[]): string | undefined {
  const usable = routes.filter(({ name, flags }) => (flags & UP) !== 0 && (flags & REJECT) === 0 && name !== 'lo');
  return usable.toSorted((a, b) => a.metric - b.metric)[0]?.name;
}
