import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { inNamespace } from './change-manifests.ts';
import { environmentOf } from './environment-of.ts';
import type { Manifest } from './kustomization.ts';
import { render } from './render.ts';
import { workloads } from './workloads.ts';

const course = render(join(import.meta.dirname, '..', '..', 'k8s', 'overlays', 'course'));

test('the course’s pod is that of the reference manifest', () => {
  const functions = workloads(course).find(({ metadata }) => metadata.name === 'functions');
  const pod = functions?.spec.template.spec;
  expect(pod?.volumes.find(({ name }) => name === 'pyfile')?.configMap).toEqual({ name: 'pyfile', optional: false });
  expect(pod?.containers[0].volumeMounts.find(({ name }) => name === 'pyfile')).toEqual({
    ...{ name: 'pyfile', mountPath: '/opt/usermodule.py', subPath: 'pyfile', readOnly: true },
  });
  expect(pod?.containers[0].resources.requests).toEqual({ cpu: '100m', memory: '300Mi' });
  expect(pod?.containers[0].env.find(({ name }) => name === 'REDIS_OUTPUT_KEY')?.valueFrom?.configMapKeyRef).toEqual({
    ...{ name: 'outputkey', key: 'REDIS_OUTPUT_KEY', optional: true },
  });
  expect(functions?.spec.replicas).toBe(1);
});

describe('of many who share a cluster and a Redis in the course', () => {
  const configOf = (namespace: string, role: string, own: readonly Manifest[] = []) => {
    const objects = [...course, ...own].map((object) => inNamespace(object, namespace));
    const pod = workloads(objects).find(({ metadata }) => metadata.name === role);
    if (pod === undefined) throw new Error(`there is no ${role}`);
    return loadConfig(environmentOf(objects, pod));
  };

  test('each has keys of its own, for pages and functions alike', () => {
    const prefixes = ['ana', 'bia'].map((namespace) => configOf(namespace, 'functions').redis.keyPrefix);
    expect(prefixes).toEqual(['vigia-ana:', 'vigia-bia:']);
    expect(['ana', 'bia'].map((namespace) => configOf(namespace, 'web').redis.keyPrefix)).toEqual(prefixes);
  });

  test('each reads the same metrics and writes a key of its own, without having named one', () => {
    const keys = ['ana', 'bia'].map((namespace) => configOf(namespace, 'functions').function);
    expect(keys.map(({ inputKey, outputKey }) => [inputKey, outputKey])).toEqual([
      ['metrics', 'ana-output'],
      ['metrics', 'bia-output'],
    ]);
  });

  test('the key that one names is the one', () => {
    const data = { REDIS_OUTPUT_KEY: 'ana-proj3-output' };
    const outputkey: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'outputkey' }, data };
    expect(configOf('ana', 'functions', [outputkey]).function.outputKey).toBe('ana-proj3-output');
  });

  test('nothing is there once in a cluster', () => {
    expect(course.filter(({ metadata }) => metadata.namespace !== undefined)).toEqual([]);
    expect(/"(nodePort|hostPort|loadBalancerIP|host)":/.exec(JSON.stringify(course))).toBeNull();
    const everywhere = ['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'PersistentVolume', 'PriorityClass'];
    expect(course.filter(({ kind }) => everywhere.includes(kind))).toEqual([]);
  });
});
