import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { FORCED_EXIT_MS } from '#lib/lifecycle';
import { lineage, parseDockerfile, variables } from '../image/dockerfile.ts';
import { environmentOf } from './environment-of.ts';
import type { Manifest } from './kustomization.ts';
import { render } from './render.ts';
import { type Workload, workloads } from './workloads.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const K8S = join(ROOT, 'k8s');
const base = render(K8S);
const existingRedis = render(join(K8S, 'overlays', 'existing-redis'));
const course = render(join(K8S, 'overlays', 'course'));
const all = { base, 'existing-redis': existingRedis, course };

const named = (objects: typeof base, kind: string, name: string, namespace?: string) =>
  objects.find((each) => each.kind === kind && each.metadata.name === name && each.metadata.namespace === namespace);
const data = (objects: typeof base, name: string, namespace?: string): Record<string, string> =>
  Object(named(objects, 'ConfigMap', name, namespace)?.data);

describe.each(Object.entries(all))('%s', (name, objects) => {
  // Parsing them is the check of the restricted standard: `workload` admits nothing else.
  const pods = workloads(objects);

  test('has the roles that it should', () => {
    const roles = pods.map(({ metadata }) => metadata.name).toSorted();
    const few = ['functions', 'web'];
    expect(roles).toEqual(name === 'base' ? ['collector', 'functions', 'jobs', 'redis', 'web'] : few);
  });

  test.each(pods)('$metadata.name refers to what is there, or may be missing', ({ metadata, spec }) => {
    const { containers, volumes } = spec.template.spec;
    const [{ env, envFrom, volumeMounts, ports, livenessProbe, readinessProbe, startupProbe }] = containers;
    const needed = [
      ...envFrom.map(({ configMapRef }) => configMapRef.name),
      ...env.flatMap(({ valueFrom }) =>
        valueFrom?.configMapKeyRef?.optional === false ? [valueFrom.configMapKeyRef.name] : [],
      ),
      ...volumes.flatMap(({ configMap }) => (configMap?.optional === false ? [configMap.name] : [])),
    ];
    // What the course's people make themselves.
    const missing = needed.filter((each) => named(objects, 'ConfigMap', each, metadata.namespace) === undefined);
    expect(missing).toEqual(name === 'course' && metadata.name === 'functions' ? ['pyfile'] : []);
    expect(env.filter(({ valueFrom }) => valueFrom?.secretKeyRef?.optional === false)).toEqual([]);
    const claimed = metadata.name === 'redis' ? ['data'] : [];
    const mounted = volumeMounts.map((mount) => mount.name).toSorted();
    expect(mounted).toEqual([...volumes.map((volume) => volume.name), ...claimed].toSorted());
    const asked = [livenessProbe, readinessProbe, startupProbe].flatMap(({ httpGet }) => httpGet?.port ?? []);
    for (const port of asked) expect(ports.map((each) => each.name)).toContain(port);
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });

  test.each(pods.filter(({ metadata }) => metadata.name !== 'redis'))(
    '$metadata.name starts with its settings',
    (pod) => {
      const environment = environmentOf(objects, pod);
      const { notes, health, redis, collector } = loadConfig(environment);
      const meant = ['REDIS_URL comes from REDIS_HOST and REDIS_PORT', 'REDIS_OUTPUT_KEY comes from OUTPUT_KEY'];
      expect(notes.filter((note) => !meant.some((each) => note.includes(each)))).toEqual([]);
      expect(redis.url).toMatch(/^redis:\/\/redis(\.vigia\.svc)?:6379$/);
      const [{ ports, args }] = pod.spec.template.spec.containers;
      const isWeb = pod.metadata.name === 'web';
      expect(ports[0]?.containerPort).toBe(isWeb ? 3000 : health.port);
      expect(args).toEqual([pod.metadata.name]);
      if (pod.metadata.name === 'collector') expect(collector).toMatchObject({ mode: 'on', proc: '/host/proc' });
    },
  );

  test.each(pods.filter(({ metadata }) => metadata.name !== 'redis'))(
    '$metadata.name is asked what its probes mean',
    ({ spec }) => {
      const [{ livenessProbe, readinessProbe, startupProbe }] = spec.template.spec.containers;
      const paths = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet?.path);
      expect(paths).toEqual(['/livez', '/livez', '/readyz']);
      // Asking Redis takes up to a second.
      expect(readinessProbe.timeoutSeconds).toBeGreaterThan(1);
    },
  );

  test('a rollout waits for the new before it ends the old', () => {
    for (const { kind, spec } of pods.filter((each) => each.kind === 'Deployment'))
      expect([kind, spec.strategy?.rollingUpdate]).toEqual(['Deployment', { maxSurge: 1, maxUnavailable: 0 }]);
  });

  test('a front door that leaves serves on until no connection to it is kept', () => {
    for (const pod of pods.filter(({ metadata }) => metadata.name === 'web')) {
      const { web } = loadConfig(environmentOf(objects, pod));
      const { keepAliveTimeout, keepAliveTimeoutBuffer } = createServer();
      expect(web.graceMs).toBeGreaterThan(keepAliveTimeout + keepAliveTimeoutBuffer);
    }
  });

  test('a pod is killed only after its program would have forced its own end', () => {
    for (const pod of pods.filter(({ metadata }) => metadata.name !== 'redis')) {
      const { terminationGracePeriodSeconds } = pod.spec.template.spec;
      const { web, jobs } = loadConfig(environmentOf(objects, pod));
      const { graceMs } = pod.metadata.name === 'web' ? web : jobs;
      const needed = (FORCED_EXIT_MS + graceMs) / 1_000;
      expect([pod.metadata.name, terminationGracePeriodSeconds > needed]).toEqual([pod.metadata.name, true]);
    }
  });

  test('jobs end in the time that a worker has which is told to stop', () => {
    for (const pod of pods.filter(({ metadata }) => metadata.name === 'jobs')) {
      const { jobs } = loadConfig(environmentOf(objects, pod));
      expect(jobs.graceMs).toBeGreaterThan(jobs.timeLimitMs);
    }
  });

  test('the dashboard is at NodePort 31001, or where many share a cluster, at one that the cluster chooses', () => {
    const [web] = objects.filter(({ kind, metadata }) => kind === 'Service' && metadata.name === 'web');
    const number = name === 'course' ? {} : { nodePort: 31001 };
    expect(Object(web?.spec).type).toBe('NodePort');
    expect(Object(web?.spec).ports).toEqual([{ name: 'http', port: 80, targetPort: 'http', ...number }]);
  });
});

test('without jobs there is the whole base but what runs them', () => {
  const ofJobs = ({ kind, metadata }: Manifest) =>
    metadata.name === 'jobs' && ['Deployment', 'PodDisruptionBudget'].includes(kind);
  expect(base.filter(ofJobs)).toHaveLength(2);
  expect(render(join(K8S, 'overlays', 'without-jobs'))).toEqual(base.filter((object) => !ofJobs(object)));
});

describe('the base', () => {
  const pods = workloads(base);

  test('nothing of a host is in a pod but its /proc in the collector’s, read-only, beside nothing else', () => {
    const ofHosts = pods.filter(({ spec }) =>
      spec.template.spec.volumes.some(({ hostPath }) => hostPath !== undefined),
    );
    expect(ofHosts.map(({ metadata }) => metadata)).toEqual([{ name: 'collector', namespace: 'vigia-collector' }]);
    const [collector] = ofHosts;
    const [{ volumeMounts }] = collector?.spec.template.spec.containers ?? [{ volumeMounts: [] }];
    expect(volumeMounts.filter(({ name }) => name === 'proc')).toEqual([
      { name: 'proc', mountPath: '/host/proc', readOnly: true },
    ]);
    const others = pods.filter(({ metadata }) => metadata.name !== 'collector');
    const uid = (pod: Workload | undefined) => pod?.spec.template.spec.securityContext.runAsUser;
    expect(others.map(uid)).not.toContain(uid(collector));
    expect(
      base
        .filter(({ metadata }) => metadata.namespace === 'vigia-collector')
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(['ConfigMap', 'DaemonSet', 'NetworkPolicy']);
  });

  test('the namespaces enforce what is said of them', () => {
    const enforced = (name: string) =>
      named(base, 'Namespace', name)?.metadata.labels?.['pod-security.kubernetes.io/enforce'];
    expect([enforced('vigia'), enforced('vigia-collector')]).toEqual(['restricted', 'privileged']);
  });

  test('no Secret has a value', () => {
    const secrets = base.filter(({ kind }) => kind === 'Secret');
    expect(secrets.map(({ metadata, data, stringData }) => [metadata.name, data, stringData])).toEqual([
      ['admin', undefined, undefined],
    ]);
  });

  test('its function is the example of that name', () => {
    const example = readFileSync(join(ROOT, 'examples', 'functions', 'machine_metrics.py'), 'utf8');
    expect(data(base, 'pyfile', 'vigia').pyfile).toBe(example);
  });

  test('everything else than Redis and the collector may lose a pod without being away', () => {
    const budgets = base.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ metadata }) => metadata.name);
    expect(budgets.toSorted()).toEqual(['functions', 'jobs', 'web']);
    const replicas = Object.fromEntries(pods.map(({ metadata, spec }) => [metadata.name, spec.replicas]));
    expect(replicas).toMatchObject({ functions: 2, jobs: 2, redis: 1, web: undefined });
    expect(named(base, 'HorizontalPodAutoscaler', 'web', 'vigia')?.spec).toMatchObject({ minReplicas: 2 });
  });
});

test('where an image writes, there is a volume on the disk of the node', () => {
  const dockerfile = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
  const ours = workloads(base).filter(({ metadata }) => metadata.name !== 'redis');
  for (const pod of ours) {
    const { containers, volumes } = pod.spec.template.spec;
    const [{ image, volumeMounts }] = containers;
    const env = Object.fromEntries(lineage(dockerfile, /vigia-(\w+)/.exec(image)?.[1] ?? '').flatMap(variables));
    const { home } = loadConfig({ ...env, ...environmentOf(base, pod) });
    expect([env.HOME, home]).toEqual(['/tmp', '/tmp/vigia']);
    const { name } = volumeMounts.find(({ mountPath }) => mountPath === '/tmp') ?? {};
    expect(volumes.find((each) => each.name === name)?.emptyDir).toEqual({ sizeLimit: expect.any(String) });
  }
});

test('every image is one that the Dockerfile builds, or Redis’', () => {
  const stages = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).map(
    ({ name }) => `vigia-${name}:latest`,
  );
  const images = Object.values(all).flatMap((objects) =>
    workloads(objects).map(({ spec }) => spec.template.spec.containers[0].image),
  );
  for (const image of images) expect([...stages, 'redis:8.2-bookworm']).toContain(image);
});
