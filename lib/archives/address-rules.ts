import ipaddr from 'ipaddr.js';
import { METADATA_ADDRESSES } from './metadata-addresses.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Hosts and networks that may be private, as `FUNCTION_ZIP_ALLOW` lists them. */
export type Allowance = { hosts: ReadonlySet<string>; networks: readonly Network[] };

/** What a host that is allowed by name may resolve to beside public addresses. */
const PRIVATE_RANGES: readonly string[] = ['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'];
/** Everything that is routed on the internet today; ipaddr.js calls all that it does not know "unicast". */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
/** IPv4 addresses in these dresses are judged by what is inside. */
const NAT64: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];
const METADATA: readonly Network[] = Object.keys(METADATA_ADDRESSES).map((address) => alone(ipaddr.parse(address)));

export function parseAllowance(items: readonly string[]): Allowance {
  const parsed = items.map((item) => ({ host: bareHost(item), network: asNetwork(item) }));
  return {
    hosts: new Set(parsed.filter(({ network }) => network === null).map(({ host }) => host)),
    networks: parsed.map(({ network }) => network).filter((network) => network !== null),
  };
}

/** The rule that an address breaks, or null when it may be connected to. */
export function addressRule(address: string, host: string, allowed: Allowance): string | null {
  const parsed = parse(address);
  if (parsed === null) return `${address} is not an address`;
  const allowing = allowed.networks.filter((network) => isIn(parsed, network));
  const where = bareHost(host) === bareHost(address) ? address : `${host} is ${address}, which`;
  if (METADATA.some((service) => isIn(parsed, service))) {
    if (allowing.some(isAlone)) return null;
    return `${where} is a cloud's metadata service; FUNCTION_ZIP_ALLOW can allow it by this very address`;
  }
  if (allowing.length > 0) return null;
  const range = rangeOf(parsed);
  if (range === 'unicast') return null;
  if (allowed.hosts.has(bareHost(host)) && PRIVATE_RANGES.includes(range)) return null;
  return `${where} is not a public address (${range}); FUNCTION_ZIP_ALLOW can allow it`;
}

/** Lower case, without the brackets of IPv6 and the dot of a fully qualified name. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function rangeOf(address: Address): string {
  const range = address.range();
  if (range !== 'unicast' || address instanceof ipaddr.IPv4) return range;
  return address.match(GLOBAL_UNICAST) ? 'unicast' : 'reserved';
}

function parse(text: string): Address | null {
  const bare = bareHost(text);
  if (!ipaddr.isValid(bare)) return null;
  const address = ipaddr.parse(bare);
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(NAT64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

function isIn(address: Address, [network, bits]: Network): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
  return network instanceof ipaddr.IPv6 && address.match(network, bits);
}

/** `10.0.0.0/8`, or one address alone; null for a host's name. */
function asNetwork(item: string): Network | null {
  if (ipaddr.isValidCIDR(item)) return ipaddr.parseCIDR(item);
  const address = parse(item);
  return address === null ? null : alone(address);
}

function alone(address: Address): Network {
  return [address, address instanceof ipaddr.IPv4 ? 32 : 128];
}

function isAlone([address, bits]: Network): boolean {
  return bits === alone(address)[1];
}
