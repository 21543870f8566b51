import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { render } from './render.ts';
import { type Workload, workloads } from './workloads.ts';

const K8S = join(import.meta.dirname, '..', '..', 'k8s');
const folders = ['.', 'overlays/without-jobs', 'overlays/existing-redis', 'overlays/course'];

const labels = z.record(z.string(), z.string());
const named = z.object({ name: z.string(), namespace: z.string().optional() });
const service = z.object({
  metadata: named,
  spec: z.object({ selector: labels, ports: z.array(z.object({ targetPort: z.string() })) }),
});
const budget = z.object({
  metadata: named,
  spec: z.object({
    minAvailable: z.number().optional(),
    maxUnavailable: z.number().optional(),
    unhealthyPodEvictionPolicy: z.string().optional(),
    selector: z.strictObject({ matchLabels: labels }),
  }),
});
const autoscaler = z.object({
  metadata: named,
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    minReplicas: z.number(),
    maxReplicas: z.number(),
    metrics: z.tuple([
      z.object({ resource: z.object({ target: z.object({ type: z.string(), averageUtilization: z.number() }) }) }),
    ]),
  }),
});

describe.each(folders)('in %s', (folder) => {
  const objects = render(join(K8S, folder));
  const pods = workloads(objects);
  const ofKind = <T>(kind: string, schema: z.ZodType<T>): T[] =>
    objects.filter((object) => object.kind === kind).map((object) => schema.parse(object));
  const selected = (selector: Record<string, string>, namespace: string | undefined): Workload[] =>
    pods.filter(
      ({ metadata, spec }) =>
        metadata.namespace === namespace &&
        Object.entries(selector).every(([key, value]) => spec.template.metadata.labels[key] === value),
    );
  const scaled = ofKind('HorizontalPodAutoscaler', autoscaler);
  const leastOf = ({ metadata, spec }: Workload) =>
    scaled.find((each) => each.spec.scaleTargetRef.name === metadata.name)?.spec.minReplicas ?? spec.replicas ?? 1;

  test('each Service leads to one workload, at a port that it has', () => {
    for (const { metadata, spec } of ofKind('Service', service)) {
      const [pod, ...others] = selected(spec.selector, metadata.namespace);
      expect([metadata.name, others]).toEqual([pod?.metadata.name, []]);
      const ports = pod?.spec.template.spec.containers[0].ports.map(({ name }) => name);
      for (const { targetPort } of spec.ports) expect(ports).toContain(targetPort);
    }
  });

  // The overlays go into namespaces that others use as well, and `web` is what many call theirs.
  test('what people reach is ours, and nobody else’s pod of the same name', () => {
    const [web] = ofKind('Service', service).filter(({ metadata }) => metadata.name === 'web');
    expect(web?.spec.selector).toEqual({ 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'vigia' });
  });

  test('each budget is of one workload, which always has a pod that may go and one that stays', () => {
    for (const { metadata, spec } of ofKind('PodDisruptionBudget', budget)) {
      const [pod, ...others] = selected(spec.selector.matchLabels, metadata.namespace);
      expect([metadata.name, others]).toEqual([pod?.metadata.name, []]);
      const replicas = pod === undefined ? 0 : leastOf(pod);
      const mayGo = spec.maxUnavailable ?? replicas - (spec.minAvailable ?? 0);
      expect([metadata.name, mayGo > 0, replicas - mayGo > 0]).toEqual([metadata.name, true, true]);
    }
  });

  // Nobody is served by them: workers on nodes that cannot hold a job, everything while Redis is away.
  test('a budget keeps no node from being drained for the sake of pods that are not ready', () => {
    for (const { metadata, spec } of ofKind('PodDisruptionBudget', budget))
      expect([metadata.name, spec.unhealthyPodEvictionPolicy]).toEqual([metadata.name, 'AlwaysAllow']);
  });

  test('what there are several of is spread over nodes, each rollout by itself', () => {
    for (const { kind, spec } of pods.filter((each) => each.kind === 'Deployment'))
      expect([kind, spec.template.spec.topologySpreadConstraints]).toEqual([
        kind,
        [
          {
            ...{ topologyKey: 'kubernetes.io/hostname', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
            ...{ labelSelector: spec.selector, matchLabelKeys: ['pod-template-hash'] },
          },
        ],
      ]);
  });

  test('what goes to every node goes to those that can run it', () => {
    for (const { spec } of pods.filter(({ kind }) => kind === 'DaemonSet'))
      expect(spec.template.spec).toMatchObject({
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ operator: 'Exists' }],
      });
  });

  test('the autoscaler is of a workload that leaves the count to it, and stops below its limit', () => {
    for (const { spec } of scaled) {
      const pod = pods.find(({ metadata }) => metadata.name === spec.scaleTargetRef.name);
      expect([pod?.kind, pod?.spec.replicas]).toEqual([spec.scaleTargetRef.kind, undefined]);
      expect(spec.maxReplicas).toBeGreaterThan(spec.minReplicas);
      const { requests, limits } = pod?.spec.template.spec.containers[0].resources ?? {};
      const [{ resource }] = spec.metrics;
      expect(resource.target.type).toBe('Utilization');
      const wanted = (cores(requests?.cpu) * resource.target.averageUtilization) / 100;
      expect(wanted).toBeGreaterThan(cores(requests?.cpu));
      expect(wanted).toBeLessThan(cores(limits?.cpu));
    }
  });
});

function cores(quantity = ''): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1_000 : Number(quantity);
}
