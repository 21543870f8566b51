import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ADMIN } from '#lib/auth/accounts.fixture';
import { deleteFunction } from '#lib/functions/delete-function';
import { keepInvocations } from '#lib/functions/keep-invocations';
import { submitJob } from '#lib/jobs/submit-job';
import { problem } from '#lib/schemas/api';
import { startFunctionsRole } from '#runtime/functions/role';
import { ARCHIVE, apiSuite, type Credential, NAME, nobody, type Sent, send, type World } from './api.fixture.ts';
import { examplePath } from './curl.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { openApiDocument } from './openapi.ts';

/** Under which an invocation is kept. */
const LEASE = '1 {}';

const suite = apiSuite();
const documentText = JSON.stringify(openApiDocument(endpoints)).replaceAll('#/components/schemas/', '#/$defs/');
const document = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) }))),
    components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  })
  .parse(JSON.parse(documentText));

async function waitingJob({ ctx }: World): Promise<Partial<Sent>> {
  await submitJob(ctx, ADMIN, { code: 'print(1)' });
  return {};
}

/** Where an example needs something that only a test can make; everything else is called as the document shows it. */
const arrange: Record<string, (world: World) => Promise<Partial<Sent>>> = {
  async createFunction({ ctx }) {
    await deleteFunction(ctx, ADMIN, { name: NAME });
    return {};
  },
  async deployArchive() {
    return { body: ARCHIVE };
  },
  async tryCode({ under, open }) {
    open.push(await startFunctionsRole(under.config, under.log));
    return {};
  },
  async tryArchive({ under, open }) {
    open.push(await startFunctionsRole(under.config, under.log));
    return { body: ARCHIVE };
  },
  async readInvocation({ ctx }) {
    const id = '1764000000000-0';
    const summary = { id, startedAt: 1_764_000_000_000, lagMs: 0.5, tookMs: 2, version: 'abc1234' } as const;
    const log = [{ stream: 'stdout', text: 'hello' }];
    const texts = { input: Buffer.from('{"a":1}'), result: '{"b":2}' };
    await ctx.redis.set(ctx.keys.lease(NAME), LEASE);
    await keepInvocations(ctx, NAME, LEASE, [{ ...summary, outcome: 'result', log, linesLeftOut: 0, texts }]);
    return {};
  },
  readJob: waitingJob,
  readJobScript: waitingJob,
  readJobOutput: waitingJob,
  cancelJob: waitingJob,
  async endSession({ signedIn }) {
    return { path: `/sessions/${(await signedIn(ADMIN.uid)).id}` };
  },
  async revokeToken({ token }) {
    return { path: `/tokens/${(await token()).token.id}` };
  },
};

async function expectProblem(endpoint: Endpoint, response: Response, statuses: readonly number[]): Promise<void> {
  const said = await response.json();
  expect(statuses, JSON.stringify(said)).toContain(response.status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(problem.strict().parse(said)).toMatchObject({
    status: response.status,
    requestId: response.headers.get('x-request-id'),
  });
  const { responses } = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()] ?? { responses: {} };
  expect(Object.keys(responses)).toContain(`${response.status}`);
}

describe.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  const isOpen = endpoint.access === 'public' || endpoint.access === 'reader';

  test('says no to nobody, to a stranger and to what is not valid, and does what its example says', async () => {
    const world = await suite.world();
    const { ctx, admin, user } = world;
    const { method, example } = endpoint;
    const call = { method, path: examplePath(endpoint), body: example.body, ...(await arrange[id]?.(world)) };
    const asked = async (credential: Credential, changes: Partial<Sent> = {}) =>
      await send(ctx, { ...call, credential, ...changes });

    if (!isOpen) {
      await expectProblem(endpoint, await asked(nobody), [401]);
      await expectProblem(endpoint, await asked({ kind: 'bearer', token: `vig_${'x'.repeat(43)}` }), [401]);
      await expectProblem(endpoint, await asked({ kind: 'session', secret: 'x'.repeat(43) }), [401]);
    }
    if (endpoint.access === 'admin') await expectProblem(endpoint, await asked(user), [403]);

    const joint = call.path.includes('?') ? '&' : '?';
    const unknown = await asked(admin, { path: `${call.path}${joint}colour=red` });
    await expectProblem(endpoint, unknown, [422]);
    if (endpoint.method !== 'GET') {
      const foreign = { origin: 'https://elsewhere.test' };
      await expectProblem(endpoint, await asked(admin, { headers: foreign }), [403]);
      await expectProblem(endpoint, await asked(admin, { headers: { origin: 'null' } }), [403]);
      const plain = { 'content-type': 'text/plain' };
      if (endpoint.body !== null) await expectProblem(endpoint, await asked(admin, { headers: plain }), [415]);
    }
    if (endpoint.body?.media === 'application/json') {
      for (const body of [[], { colour: 'red' }, null]) {
        await expectProblem(endpoint, await asked(admin, { body }), [422]);
      }
      const large = { text: 'x'.repeat(endpoint.body.maxBytes) };
      await expectProblem(endpoint, await asked(admin, { body: large }), [413]);
    }
    if (endpoint.params.length > 0) {
      const missing = endpoint.path.replaceAll(/\{\w+\}/g, '404404');
      await expectProblem(endpoint, await asked(admin, { path: missing }), [404]);
    }
    if (endpoint.checksRevision) {
      await expectProblem(endpoint, await asked(admin, { headers: { 'if-match': '"999999"' } }), [412]);
    }

    const response = await asked(isOpen ? nobody : admin);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status, bytes.toString()).toBe(endpoint.answer.status);
    expect(response.headers.get('content-type')).toBe(endpoint.answer.media);
    expect(response.headers.get('cache-control')).toBe('no-store');
    if (endpoint.answer.media === 'application/json') expectAnswer(endpoint, JSON.parse(bytes.toString()));
  });
});

/** Neither more nor less than the schema has, and what the document says of it, read back by itself. */
function expectAnswer(endpoint: Endpoint, body: unknown): void {
  expect(endpoint.answer.schema.parse(body)).toEqual(body);
  const { responses } = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()] ?? { responses: {} };
  const { content } = z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.object({ $ref: z.string() }) }) }) })
    .parse(responses[endpoint.answer.status]);
  const { $ref } = content['application/json'].schema;
  const named = z.record(z.string(), z.json()).parse(document.components.schemas[$ref.split('/').at(-1) ?? '']);
  const read = z.fromJSONSchema({ ...named, $defs: document.components.schemas } as z.core.JSONSchema.JSONSchema);
  expect(read.safeParse(body).error).toBeUndefined();
}

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

test('settings, code, invocations, jobs, accounts and the audit are never public', () => {
  const isOpen = ({ access }: Endpoint) => access === 'public' || access === 'reader';
  const guarded = /settings|versions|archive|invocations|rollback|users|tokens|sessions|password|audit|jobs/;
  expect(endpoints.filter((each) => guarded.test(each.path) && isOpen(each))).toEqual([]);
  const writes = endpoints.filter((each) => each.method !== 'GET' && isOpen(each));
  expect(writes.map(({ id }) => id)).toEqual(['signIn']);
});
