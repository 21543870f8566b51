import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { METADATA_ADDRESSES } from '#lib/archives/metadata-addresses';
import { inNamespace } from './change-manifests.ts';
import type { Manifest } from './kustomization.ts';
import { mayReach, type Place, type Way } from './reach.ts';
import { render } from './render.ts';
import { workloads } from './workloads.ts';

const K8S = join(import.meta.dirname, '..', '..', 'k8s');
const base = render(K8S);
const podsOf = (objects: readonly Manifest[]): Record<string, Place> =>
  Object.fromEntries(
    workloads(objects).map(({ metadata, spec }): [string, Place] => {
      const [{ ports }] = spec.template.spec.containers;
      const named = Object.fromEntries(ports.map(({ name, containerPort }) => [name, containerPort]));
      return [
        metadata.name,
        { namespace: metadata.namespace ?? '', labels: spec.template.metadata.labels, ports: named },
      ];
    }),
  );
const pod = (namespace: string, labels = {}): Place => ({ namespace, labels, ports: {} });
const places: Record<string, Place> = {
  ...podsOf(base),
  'a neighbour in the namespace': pod('vigia'),
  'a pod elsewhere': pod('other', { 'app.kubernetes.io/name': 'web' }),
  prometheus: pod('monitoring'),
  'the cluster’s name server': pod('kube-system', { 'k8s-app': 'kube-dns' }),
  'the node’s name server': { address: '169.254.20.10' },
  'a node': { address: '10.0.0.7' },
  somebody: { address: '203.0.113.9' },
  'the world': { address: '93.184.216.34' },
  'the world by IPv6': { address: '2606:2800:220:1::1' },
};
const http: Way = { port: 3000, protocol: 'TCP' };
const health: Way = { port: 9464, protocol: 'TCP' };
const redis: Way = { port: 6379, protocol: 'TCP' };
const names: Way = { port: 53, protocol: 'UDP' };
const https: Way = { port: 443, protocol: 'TCP' };

const reaches = (from: string, to: string, way: Way) => {
  const [here, there] = [places[from], places[to]];
  if (here === undefined || there === undefined) throw new Error(`there is no ${from} or no ${to}`);
  return mayReach(base, here, there, way);
};

describe('network policies let', () => {
  test.each([
    // A NodePort hides who it is behind a node's address, or shows it.
    ...['somebody', 'a node', 'prometheus', 'a neighbour in the namespace'].map((from) => [from, 'web', http] as const),
    ...['web', 'functions', 'jobs', 'collector'].map((from) => [from, 'redis', redis] as const),
    ...['functions', 'jobs', 'collector'].map((to) => ['prometheus', to, health] as const),
    ...['web', 'functions', 'jobs', 'collector'].flatMap((from) => [
      [from, 'the cluster’s name server', names] as const,
      [from, 'the node’s name server', names] as const,
    ]),
    ...['web', 'functions'].flatMap((from) => [
      [from, 'the world', https] as const,
      [from, 'the world by IPv6', https] as const,
    ]),
  ])('%s reach %s', (from, to, way) => {
    expect(reaches(from, to, way)).toBe(true);
  });
});

describe('network policies keep', () => {
  test.each([
    ...['somebody', 'a node', 'a pod elsewhere', 'a neighbour in the namespace', 'prometheus'].map(
      (from) => [from, 'redis', redis] as const,
    ),
    ...['functions', 'jobs'].map((to) => ['somebody', to, health] as const),
    ...['jobs', 'collector', 'redis'].flatMap((from) => [
      [from, 'the world', https] as const,
      [from, 'web', http] as const,
    ]),
    ['redis', 'the cluster’s name server', names] as const,
  ])('%s from %s', (from, to, way) => {
    expect(reaches(from, to, way)).toBe(false);
  });
});

// Whatever else is on a node's own links, and what 169.254.170.2 is to one cloud, is for a node and not for its pods.
const services = [...Object.keys(METADATA_ADDRESSES), '169.254.0.1', '169.254.255.254', 'fe80::1'];
const ways: Way[] = [80, 443, 8080, 32526].map((port) => ({ port, protocol: 'TCP' }));

test.each(['web', 'functions', 'jobs', 'collector', 'redis'])(
  'no metadata service of a cloud is reached by %s',
  (from) => {
    const reached = services.filter((address) =>
      ways.some((way) => mayReach(base, places[from] ?? { address: '' }, { address }, way)),
    );
    expect(reached).toEqual([]);
  },
);

describe.each(['existing-redis', 'course'])('in a namespace of one’s own, of %s', (overlay) => {
  const objects = render(join(K8S, 'overlays', overlay)).map((object) => inNamespace(object, 'mine'));
  const own = podsOf(objects);
  const elsewhere: Place = { namespace: 'data', labels: { app: 'redis' }, ports: { redis: 6379 } };

  test.each(Object.entries(own))(
    '%s reaches a Redis wherever it is, names and the world, and no metadata service',
    (_, from) => {
      const known = [
        ...Object.values(own),
        elsewhere,
        places['a node'],
        places['the world'],
        places['the world by IPv6'],
      ];
      for (const to of known) if (to !== undefined) expect(mayReach(objects, from, to, redis)).toBe(true);
      for (const to of ['the cluster’s name server', 'the node’s name server'])
        expect(mayReach(objects, from, places[to] ?? elsewhere, names)).toBe(true);
      expect(services.filter((address) => ways.some((way) => mayReach(objects, from, { address }, way)))).toEqual([]);
    },
  );
});
