import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { ApiClient } from './client.ts';
import { Refusal, Unreachable } from './refusal.ts';
import { untilAnswered } from './until-answered.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
});

const SOON = { firstMs: 1, mostMs: 2, forMs: 60_000 };

/** A server that does this with each request in turn, and with all others the last of it. */
async function server(...does: RequestListener[]) {
  let requests = 0;
  const listening = createServer((request, response) => {
    does[Math.min(requests, does.length - 1)]?.(request, response);
    requests += 1;
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  open.push({
    async [Symbol.asyncDispose]() {
      listening.closeAllConnections();
      if (listening.listening) listening.close();
    },
  });
  const address = listening.address();
  const api = new ApiClient(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, undefined);
  const lost: string[] = [];
  return {
    listening,
    lost,
    requests: () => requests,
    ask: () =>
      untilAnswered(() => api.call('POST', '/jobs', z.object({ id: z.int() }), { json: {} }), {
        onLost: (reason) => void lost.push(reason),
        backoff: { ...SOON, times: 3 },
      }),
  };
}

const answers: RequestListener = (_request, response) => response.end('{"id": 7}');
const hangsUp: RequestListener = (request) => request.socket.destroy();
const breaksOff: RequestListener = (request, response) => {
  response.writeHead(200, { 'Content-Length': 100 }).write('{"id"', () => request.socket.destroy());
};
const says =
  (status: number): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(`{"detail": "it is ${status}"}`);

test.each([
  ['before an answer', hangsUp],
  ['in the middle of one', breaksOff],
  ['behind a proxy', says(502)],
])('what was lost %s is sent again, and that is said once', async (_when, loses) => {
  const { ask, lost, requests } = await server(loses, hangsUp, says(503), answers);
  expect(await ask()).toEqual({ id: 7 });
  expect([requests(), lost.length]).toEqual([4, 1]);
});

test('it gives up in the end, with what went wrong', async () => {
  const { ask, requests } = await server(hangsUp);
  await expect(ask()).rejects.toBeInstanceOf(Unreachable);
  expect(requests()).toBe(4);
});

test('who takes long not to answer is not asked as often', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    await setTimeout(20);
    throw new Unreachable('it does not answer in time', { mayHaveArrived: true });
  };
  const backoff = { ...SOON, forMs: 10, times: 7 };
  await expect(untilAnswered(ask, { onLost() {}, backoff })).rejects.toBeInstanceOf(Unreachable);
  expect(asked).toBe(2);
});

test.each([422, 429, 500, 503])('an answer of %i is an answer', async (status) => {
  const { ask, lost, requests } = await server(says(status), answers);
  await expect(ask()).rejects.toBeInstanceOf(Refusal);
  expect([requests(), lost]).toEqual([1, []]);
});

test('where nothing listens, nothing was lost', async () => {
  const { ask, lost, listening } = await server(answers);
  listening.close();
  await once(listening, 'close');
  await expect(ask()).rejects.toThrow('nothing listens there');
  expect(lost).toEqual([]);
});
