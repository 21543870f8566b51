import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ADMIN } from '#lib/auth/accounts.fixture';
import type { Config } from '#lib/config';
import { deleteFunction } from '#lib/functions/delete-function';
import { keepInvocations } from '#lib/functions/keep-invocations';
import { submitJob } from '#lib/jobs/submit-job';
import type { Log } from '#lib/log';
import { problem } from '#lib/schemas/api';
import { ARCHIVE, type Credential, NAME, nobody, type Sent, type World } from './api.fixture.ts';
import { examplePath } from './curl.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';

/** Under which an invocation is kept. */
const LEASE = '1 {}';

const openApi = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) }))),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
type Document = z.infer<typeof openApi>;

/** The document as it is served. */
async function readDocument({ send }: World): Promise<Document> {
  const text = await (await send({ method: 'GET', path: '/openapi.json' })).text();
  return openApi.parse(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}

type StartRuntime = (config: Config, log: Log) => Promise<AsyncDisposable>;

async function waitingJob({ ctx }: World): Promise<Partial<Sent>> {
  await submitJob(ctx, ADMIN, { code: 'print(1)' });
  return {};
}

async function keptInvocation({ ctx }: World): Promise<Partial<Sent>> {
  const id = '1764000000000-0';
  const summary = { id, startedAt: 1_764_000_000_000, lagMs: 0.5, tookMs: 2, version: 'abc1234' } as const;
  const log = [{ stream: 'stdout', text: 'hello' }];
  const texts = { input: Buffer.from('{"a":1}'), result: '{"b":2}' };
  await ctx.redis.set(ctx.keys.lease(NAME), LEASE);
  await keepInvocations(ctx, NAME, LEASE, [{ ...summary, outcome: 'result', log, linesLeftOut: 0, texts }]);
  return {};
}

/** Where an example needs something that only a test can make; everything else is called as the document shows it. */
const arrange: Record<string, (world: World, startRuntime: StartRuntime) => Promise<Partial<Sent>>> = {
  async createFunction({ ctx }) {
    await deleteFunction(ctx, ADMIN, { name: NAME });
    return {};
  },
  async deployArchive() {
    return { body: ARCHIVE };
  },
  async tryCode({ under, open }, startRuntime) {
    open.push(await startRuntime(under.config, under.log));
    return {};
  },
  async tryArchive({ under, open }, startRuntime) {
    open.push(await startRuntime(under.config, under.log));
    return { body: ARCHIVE };
  },
  readInvocation: keptInvocation,
  findInvocation: keptInvocation,
  async readBucket({ ctx }) {
    await ctx.redis.xadd(ctx.keys.history(NAME), '*', 'i', 1, 'd', 2, 'l', 3, 'v', 'abc1234', 'r', '{"a":1}');
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

/** A refusal that is a problem and that the document knows. */
async function expectProblem(
  { paths }: Document,
  { path, method }: Endpoint,
  response: Response,
  status: number,
): Promise<void> {
  const said = await response.json();
  expect(response.status, JSON.stringify(said)).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(problem.strict().parse(said)).toMatchObject({
    status,
    requestId: response.headers.get('x-request-id'),
  });
  const { responses } = paths[path]?.[method.toLowerCase()] ?? { responses: {} };
  expect(Object.keys(responses)).toContain(`${status}`);
}

/** What every endpoint promises, asked through whichever door `enter` opens: each test gets a world of its own. */
export function describeContract(enter: () => Promise<World>, startRuntime: StartRuntime): void {
  describe.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
    const isOpen = endpoint.access === 'public' || endpoint.access === 'reader';

    test('says no to nobody, to a stranger and to what is not valid, and does what its example says', async () => {
      const world = await enter();
      const document = await readDocument(world);
      const { admin, user } = world;
      const { method, example } = endpoint;
      const call = {
        method,
        path: examplePath(endpoint),
        body: example.body,
        ...(await arrange[id]?.(world, startRuntime)),
      };
      const asked = async (credential: Credential, changes: Partial<Sent> = {}) =>
        await world.send({ ...call, credential, ...changes });
      const expectRefusal = async (status: number, credential: Credential, changes: Partial<Sent> = {}) =>
        await expectProblem(document, endpoint, await asked(credential, changes), status);

      if (!isOpen) {
        await expectRefusal(401, nobody);
        await expectRefusal(401, { kind: 'bearer', token: `vig_${'x'.repeat(43)}` });
        await expectRefusal(401, { kind: 'session', secret: 'x'.repeat(43) });
      }
      if (endpoint.access === 'admin') await expectRefusal(403, user);

      const joint = call.path.includes('?') ? '&' : '?';
      await expectRefusal(422, admin, { path: `${call.path}${joint}colour=red` });
      if (endpoint.method !== 'GET') {
        const foreign = { origin: 'https://elsewhere.test' };
        await expectRefusal(403, admin, { headers: foreign });
        await expectRefusal(403, admin, { headers: { origin: 'null' } });
        const plain = { 'content-type': 'text/plain' };
        if (endpoint.body !== null) await expectRefusal(415, admin, { headers: plain });
      }
      if (endpoint.body?.media === 'application/json') {
        for (const body of [[], { colour: 'red' }, null]) {
          await expectRefusal(422, admin, { body });
        }
        const large = { text: 'x'.repeat(endpoint.body.maxBytes) };
        await expectRefusal(413, admin, { body: large });
      }
      if (endpoint.params.length > 0) {
        const missing = endpoint.path.replaceAll(/\{\w+\}/g, '404404');
        await expectRefusal(404, admin, { path: missing });
      }
      if (endpoint.checksRevision) {
        await expectRefusal(412, admin, { headers: { 'if-match': '"999999"' } });
      }

      const response = await asked(isOpen ? nobody : admin);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.status, bytes.toString()).toBe(endpoint.answer.status);
      expect(response.headers.get('content-type')).toBe(endpoint.answer.media);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-request-id')).toMatch(/^[\w.-]{8,64}$/);
      if (endpoint.answer.media === 'application/json') expectAnswer(document, endpoint, JSON.parse(bytes.toString()));
    });
  });
}

/** Neither more nor less than the schema has, and what the document says of it, read back by itself. */
function expectAnswer(document: Document, endpoint: Endpoint, body: unknown): void {
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
