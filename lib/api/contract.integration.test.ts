import { expect, test } from 'vitest';
import { startFunctionsRole } from '#runtime/functions/role';
import { apiSuite } from './api.fixture.ts';
import { describeContract } from './contract.fixture.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';

const suite = apiSuite();

describeContract(() => suite.world(), startFunctionsRole);

test('every path, method and media type is there once, under an id of its own', () => {
  const places = endpoints.map(({ method, path, body }) => `${method} ${path} ${body?.media ?? ''}`);
  expect(new Set(places).size).toBe(endpoints.length);
  expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
});

test('every query parameter says what it is', () => {
  const silent = endpoints.flatMap(({ id, query }) =>
    Object.entries(query.shape)
      .filter(([, schema]) => (schema.meta()?.description ?? '') === '')
      .map(([name]) => `${id} ${name}`),
  );
  expect(silent).toEqual([]);
});

test('settings, code, jobs, accounts and the audit are never public', () => {
  const isOpen = ({ access }: Endpoint) => access === 'public' || access === 'reader';
  const guarded = /details|settings|versions|archive|rollback|users|tokens|sessions|password|audit|jobs/;
  expect(endpoints.filter((each) => guarded.test(each.path) && isOpen(each))).toEqual([]);
  const writes = endpoints.filter((each) => each.method !== 'GET' && isOpen(each));
  expect(writes.map(({ id }) => id)).toEqual(['signIn']);
});
