import { once } from 'node:events';
import { createServer, get, IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, HERE } from '#lib/auth/accounts.fixture';
import { revokeSessions } from '#lib/auth/revoke-session';
import { signIn } from '#lib/auth/sign-in';
import { signOut } from '#lib/auth/sign-out';
import { createSubscriber } from '#lib/redis';
import { declared } from '../../../e2e/support/declared.ts';
import { sendError } from '../problem.ts';
import { LiveHub } from './hub.ts';
import { serveLive } from './route.ts';

const accounts = accountsSuite();

/** A live feed for which readers must sign in. */
async function feed() {
  const { ctx } = await accounts.started({ ADMIN_PASSWORD, DASHBOARD_AUTH: 'required' });
  const { open, redisUrl } = accounts.suite;
  await declared(ctx, 'default');
  const subscriber = createSubscriber(redisUrl, 'test', ctx.log);
  await subscriber.connect();
  open.push({ [Symbol.asyncDispose]: async () => subscriber.disconnect() });
  const hub = new LiveHub(ctx, subscriber);
  open.push(hub);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://test');
    serveLive(ctx, hub, url, request, response).catch((error) => sendError(response, error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ [Symbol.asyncDispose]: async () => void server.close() });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const watch = async (secret?: string): Promise<IncomingMessage> => {
    const headers = secret === undefined ? {} : { cookie: `vigia=${secret}` };
    const [response] = await once(get(`http://127.0.0.1:${port}/live/default`, { headers }), 'response');
    if (!(response instanceof IncomingMessage)) throw new Error('no answer');
    response.on('error', () => {});
    return response.resume();
  };
  return { ctx, watch, signIn: () => signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE }) };
}

test('nobody watches without signing in', async () => {
  const { watch } = await feed();
  expect([(await watch()).statusCode, (await watch('x'.repeat(43))).statusCode]).toEqual([401, 401]);
});

test('a stream ends when its session does, and no other one with it', async () => {
  const { ctx, watch, signIn: again } = await feed();
  const [one, two] = [await again(), await again()];
  const [first, second] = [await watch(one.secret), await watch(two.secret)];
  expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
  const ended = once(first, 'close');
  await signOut(ctx, one.caller);
  await ended;
  expect(second.destroyed).toBe(false);
  const endedToo = once(second, 'close');
  await revokeSessions(ctx, ADMIN, { uid: 0, which: 'all' });
  await endedToo;
});
