import { expect, test } from 'vitest';
import { createToken } from '#lib/auth/create-token';
import { revokeToken } from '#lib/auth/revoke-token';
import { startJobsRole } from '../../jobs/role.ts';
import { type Event, events } from './events.fixture.ts';
import { serviceSuite } from './jobs-door.fixture.ts';

const { service } = serviceSuite(startJobsRole);

async function watching(code: string) {
  const { ctx, url, ada, bob } = await service();
  const body = JSON.stringify({ uid: ada.uid, code });
  const posted = await fetch(`${url}/jobs`, { method: 'POST', headers: ada.headers, body });
  const { job_id: id } = Object(await posted.json());
  const watch = (headers: Record<string, string> = ada.headers) => fetch(`${url}/jobs/${id}/output`, { headers });
  return { ctx, url, ada, bob, id, watch };
}

const COUNTING = 'import time\nfor n in range(5):\n  print(n, flush=True)\n  time.sleep(0.1)';
const texts = (all: Event[]) =>
  all
    .filter(({ event }) => event === 'output')
    .flatMap(({ data }) => Object(data).segments.map(({ text }: { text: string }) => text))
    .join('');

test('output comes as it is written, then how the job ended, and the stream is over', async () => {
  const { watch } = await watching(COUNTING);
  const response = await watch();
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const all = await Array.fromAsync(events(response));
  expect(texts(all)).toBe('0\n1\n2\n3\n4\n');
  expect(all.filter(({ event }) => event === 'output').length).toBeGreaterThan(2);
  expect(all.at(-1)).toMatchObject({ id: 'end', event: 'end', data: { status: 'DONE', exitCode: 0 } });
});

test('who comes again goes on where they were, and who has seen the end need not come again', async () => {
  const { watch, ada, url, id } = await watching(COUNTING);
  const seen: Event[] = [];
  for await (const event of events(await watch())) {
    seen.push(event);
    if (texts(seen).includes('1')) break;
  }
  const last = seen.findLast(({ id }) => id !== undefined)?.id ?? '';
  const rest = await Array.fromAsync(events(await watch({ ...ada.headers, 'last-event-id': last })));
  expect(texts(seen) + texts(rest)).toBe('0\n1\n2\n3\n4\n');
  const asked = await fetch(`${url}/jobs/${id}/output?after=${last}`, { headers: ada.headers });
  expect(texts(await Array.fromAsync(events(asked)))).toBe(texts(rest));
  expect((await watch({ ...ada.headers, 'last-event-id': 'end' })).status).toBe(204);
});

test('1 MiB of output comes whole, also to a slow reader', async () => {
  const { watch } = await watching('print("é" * (512 * 1024 - 1), end="")');
  let characters = 0;
  for await (const event of events(await watch())) characters += texts([event]).length;
  expect(characters).toBe(512 * 1024 - 1);
});

test('nobody reads the output of others, or without saying who they are', async () => {
  const { watch, bob, url, ada } = await watching('print(1)');
  const missing = await fetch(`${url}/jobs/99/output`, { headers: ada.headers });
  const answers = [await watch(bob.headers), missing, await watch({})];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 401]);
  const bad = await watch({ ...ada.headers, 'last-event-id': 'yesterday' });
  expect(bad.status).toBe(422);
});

const callerOf = ({ uid }: { uid: number }) =>
  ({ uid, name: 'ada', role: 'user', via: 'password', credentialId: null }) as const;

test('a stream ends with the token that it was opened with', async () => {
  const { ctx, watch, ada } = await watching('while True: pass');
  const caller = callerOf(ada);
  const { token, secret } = await createToken(ctx, caller, { name: 'for a test' });
  const all = events(await watch({ authorization: `Bearer ${secret}` }));
  await all.next();
  const ended = Array.fromAsync(all);
  await revokeToken(ctx, caller, { uid: ada.uid, id: token.id });
  await ended;
});

test('a stream ends when the token that it was opened with expires', async () => {
  const { ctx, watch, ada } = await watching('while True: pass');
  const { secret } = await createToken(ctx, callerOf(ada), { name: 'for a test', expiresAt: Date.now() + 700 });
  const all = await Array.fromAsync(events(await watch({ authorization: `Bearer ${secret}` })));
  expect(all.map(({ event }) => event)).not.toContain('end');
});
