import { once } from 'node:events';
import { get, IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, HERE } from '#lib/auth/accounts.fixture';
import { createToken } from '#lib/auth/create-token';
import { revokeSessions } from '#lib/auth/revoke-session';
import { type SignedIn, signIn } from '#lib/auth/sign-in';
import { signOut } from '#lib/auth/sign-out';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { createSubscriber } from '#lib/redis';
import { declared } from '../../../e2e/support/declared.ts';
import { LiveHub } from './hub.ts';
import { serveFeed } from './live.fixture.ts';

const accounts = accountsSuite();

/** A live feed for which readers must sign in. */
async function feed() {
  const { ctx } = await accounts.started({ ADMIN_PASSWORD, DASHBOARD_AUTH: 'required' });
  const { open, redisUrl } = accounts.suite;
  await declared(ctx, 'default');
  const subscriber = createSubscriber({ url: redisUrl }, 'test', ctx.log);
  await subscriber.connect();
  open.push({ [Symbol.asyncDispose]: async () => subscriber.disconnect() });
  const hub = new LiveHub(ctx, subscriber);
  open.push(hub);
  const { server, url } = await serveFeed(ctx, hub);
  open.push({ [Symbol.asyncDispose]: async () => void server.close() });
  const watchWith = async (headers: Record<string, string>): Promise<IncomingMessage> => {
    const [response] = await once(get(`${url}/live/default`, { headers }), 'response');
    if (!(response instanceof IncomingMessage)) throw new Error('no answer');
    response.on('error', () => {});
    return response.resume();
  };
  const watch = (secret?: string) => watchWith(secret === undefined ? {} : { cookie: `vigia=${secret}` });
  return { ctx, watch, watchWith, signIn: () => signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE }) };
}

/** How long a stream may go on when it has lost its session. */
const soon = () => ({ signal: AbortSignal.timeout(2_000) });

test('nobody watches without signing in', async () => {
  const { watch } = await feed();
  expect([(await watch()).statusCode, (await watch('x'.repeat(43))).statusCode]).toEqual([401, 401]);
});

test('a stream ends when its session does, and no other one with it', async () => {
  const { ctx, watch, signIn: again } = await feed();
  const [one, two] = [await again(), await again()];
  const [first, second] = [await watch(one.secret), await watch(two.secret)];
  expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
  const ended = once(first, 'close', soon());
  await signOut(ctx, one.caller);
  await ended;
  expect(second.destroyed).toBe(false);
  const endedToo = once(second, 'close', soon());
  await revokeSessions(ctx, ADMIN, { uid: 0, which: 'all' });
  await endedToo;
});

/** A session reaches its age in so many ms. */
async function ageTo(ctx: Context, { caller }: SignedIn, ms: number): Promise<void> {
  const createdAt = Date.now() - lifetimes.session + ms;
  await ctx.redis.hset(ctx.keys.accounts.session(caller.credentialId ?? ''), { createdAt });
}

test('a stream ends when its session reaches its age', async () => {
  const { ctx, watch, signIn: again } = await feed();
  const [one, two] = [await again(), await again()];
  await ageTo(ctx, one, 700);
  const [first, second] = [await watch(one.secret), await watch(two.secret)];
  expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
  await once(first, 'close');
  expect(second.destroyed).toBe(false);
  expect([(await watch(one.secret)).statusCode, (await watch(two.secret)).statusCode]).toEqual([401, 200]);
});

test('a stream goes on with a session whose end has been put off', async () => {
  const { ctx, watch, signIn: again } = await feed();
  const [used, other] = [await again(), await again()];
  await ageTo(ctx, used, 500);
  await ageTo(ctx, other, 1_500);
  const [first, second] = [await watch(used.secret), await watch(other.secret)];
  await ageTo(ctx, used, 60_000);
  await once(second, 'close');
  expect(first.destroyed).toBe(false);
});

test('a stream ends when its token expires', async () => {
  const { ctx, watchWith } = await feed();
  const { secret } = await createToken(ctx, ADMIN, { name: 'for a test', expiresAt: Date.now() + 700 });
  const stream = await watchWith({ authorization: `Bearer ${secret}` });
  expect(stream.statusCode).toBe(200);
  await once(stream, 'close');
  expect((await watchWith({ authorization: `Bearer ${secret}` })).statusCode).toBe(401);
});
