import { BlockList, isIPv6 } from 'node:net';
import * as z from 'zod';
import type { Manifest } from './kustomization.ts';

const labels = z.record(z.string(), z.string());
type Labels = z.infer<typeof labels>;

const selector = z.strictObject({
  matchLabels: labels.default({}),
  matchExpressions: z
    .array(z.strictObject({ key: z.string(), operator: z.literal('In'), values: z.array(z.string()) }))
    .default([]),
});
const peer = z.strictObject({
  podSelector: selector.optional(),
  namespaceSelector: selector.optional(),
  ipBlock: z.strictObject({ cidr: z.string(), except: z.array(z.string()).default([]) }).optional(),
});
const protocol = z.enum(['TCP', 'UDP']);
const port = z.strictObject({ port: z.union([z.number(), z.string()]), protocol: protocol.default('TCP') });
const ports = z.array(port).optional();
const peers = z.array(peer).optional();

const policy = z.object({
  metadata: z.object({ namespace: z.string() }),
  spec: z.strictObject({
    podSelector: selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z.array(z.strictObject({ from: peers, ports })).default([]),
    egress: z.array(z.strictObject({ to: peers, ports })).default([]),
  }),
});
type Policy = z.infer<typeof policy>;
type Direction = Policy['spec']['policyTypes'][number];
type Rule = { namespace: string; peers: z.infer<typeof peers>; ports: z.infer<typeof ports> };

type Pod = { namespace: string; labels: Labels; ports: Record<string, number> };
/** A pod, or what is outside of the cluster or on a node. */
export type Place = Pod | { address: string };
export type Way = { port: number; protocol: z.infer<typeof protocol> };

/** Whether the policies among these objects let one reach the other, by the rules of networking.k8s.io/v1. */
export function mayReach(objects: readonly Manifest[], from: Place, to: Place, way: Way): boolean {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy').map((object) => policy.parse(object));
  const lets = (direction: Direction, subject: Place, other: Place) =>
    rulesFor(policies, subject, direction)?.some(
      (rule) =>
        (rule.peers?.some((each) => isPeer(each, other, rule.namespace)) ?? true) &&
        (rule.ports?.some((each) => isWay(each, to, way)) ?? true),
    ) ?? true;
  return lets('Egress', from, to) && lets('Ingress', to, from);
}

/** Null where no policy speaks of the place: then everything is let through. */
function rulesFor(policies: readonly Policy[], place: Place, direction: Direction): Rule[] | null {
  if ('address' in place) return null;
  const chosen = policies.filter(
    ({ metadata, spec }) =>
      spec.policyTypes.includes(direction) &&
      metadata.namespace === place.namespace &&
      selects(spec.podSelector, place.labels),
  );
  if (chosen.length === 0) return null;
  return chosen.flatMap(({ metadata: { namespace }, spec }): Rule[] =>
    direction === 'Ingress'
      ? spec.ingress.map((rule) => ({ namespace, peers: rule.from, ports: rule.ports }))
      : spec.egress.map((rule) => ({ namespace, peers: rule.to, ports: rule.ports })),
  );
}

function isPeer(each: z.infer<typeof peer>, other: Place, namespace: string): boolean {
  if (each.ipBlock !== undefined) return 'address' in other && isWithin(other.address, each.ipBlock);
  if ('address' in other) return false;
  const isThere =
    each.namespaceSelector === undefined
      ? other.namespace === namespace
      : selects(each.namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace });
  return isThere && (each.podSelector === undefined || selects(each.podSelector, other.labels));
}

/** Ports have the names that the pod which is reached gives them. */
function isWay(each: z.infer<typeof port>, to: Place, way: Way): boolean {
  const number = typeof each.port === 'number' ? each.port : 'address' in to ? null : to.ports[each.port];
  return number === way.port && each.protocol === way.protocol;
}

function selects({ matchLabels, matchExpressions }: z.infer<typeof selector>, given: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => given[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(given[key] ?? ''))
  );
}

function isWithin(address: string, { cidr, except }: { cidr: string; except: readonly string[] }): boolean {
  const isOf = (block: string) => {
    const [network = '', length] = block.split('/');
    // Otherwise an address of IPv4 would be one of ::/0, too.
    if (isIPv6(network) !== isIPv6(address)) return false;
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    const list = new BlockList();
    list.addSubnet(network, Number(length), family);
    return list.check(address, family);
  };
  return isOf(cidr) && !except.some(isOf);
}
