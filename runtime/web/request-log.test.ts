import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { createLog } from '#lib/log';
import { Viewer } from './live/viewer.ts';
import { logWhenOver } from './request-log.ts';
import { stampRequest } from './stamp-request.ts';

type Line = Record<string, unknown>;
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that answers like this, and the lines that its log gets at this level. */
async function serving(level: string, answer: Answer, uid: number | null = 7) {
  const lines: Line[] = [];
  const log = createLog('web', level, (line) => {
    lines.push(JSON.parse(line));
    server.emit('logged');
  });
  const config = loadConfig({});
  const server = createServer((request, response) => {
    stampRequest(request);
    logWhenOver({ request, response, config, log }).uid = uid;
    answer(response, request);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  /** The line that comes of this. */
  const lineOf = async (work: () => Promise<unknown> | unknown): Promise<Line | undefined> => {
    const logged = once(server, 'logged');
    await work();
    await logged;
    return lines.pop();
  };
  const send = async (method: string, path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    await response.text();
  };
  return { port, lines, lineOf, send };
}

test('a change is one line that says who asked what, how it ended, how long it took and how much was sent', async () => {
  const { lineOf, send } = await serving('info', (response) => response.writeHead(201).end('made'));
  const line = await lineOf(() => send('POST', '/api/v1/users?token=secret'));
  expect(line).toMatchObject({
    ...{ level: 30, role: 'web', msg: 'request', method: 'POST', path: '/api/v1/users', status: 201 },
    ...{ uid: 7, address: '127.0.0.1', ms: expect.any(Number), bytes: expect.any(Number) },
  });
  expect(line?.bytes).toBeGreaterThan('made'.length);
  expect(line).not.toHaveProperty('cut');
});

test('what is only read, and what machines ask for, is not in a log that is kept; failures of ours are', async () => {
  const { lines, lineOf, send } = await serving('info', (response, request) => {
    response.writeHead(Number(request.url?.slice(-3))).end();
  });
  for (const path of ['/200', '/404', '/_next/static/500', '/livez?503', '/readyz?503', '/metrics?500'])
    await send('GET', path);
  expect(await lineOf(() => send('GET', '/503'))).toMatchObject({ level: 30, path: '/503', status: 503 });
  expect(await lineOf(() => send('DELETE', '/401'))).toMatchObject({ level: 30, method: 'DELETE', status: 401 });
  expect(lines).toEqual([]);
});

test('nor is what a stranger is refused; what a stranger changes is', async () => {
  const { lines, lineOf, send } = await serving(
    'info',
    (response, request) => response.writeHead(Number(request.url?.slice(-3))).end(),
    null,
  );
  for (const path of ['/401', '/404', '/429']) await send('POST', path);
  expect(await lineOf(() => send('POST', '/201'))).toMatchObject({ level: 30, path: '/201', uid: null });
  expect(lines).toEqual([]);
});

test('with LOG_LEVEL=debug everything is, several requests of one connection each with their own bytes', async () => {
  const { lineOf, send } = await serving('debug', (response, request) =>
    response.end('x'.repeat(Number(request.url?.slice(1)))),
  );
  const bytes = async (path: string) => Number((await lineOf(() => send('GET', path)))?.bytes);
  const [small, large] = [await bytes('/1000'), await bytes('/100000')];
  expect(small).toBeGreaterThan(1_000);
  expect(small).toBeLessThan(2_000);
  expect(large - small).toBeGreaterThanOrEqual(99_000);
  expect(large).toBeLessThan(102_000);
});

test('a stream is logged when it ends, with all that it was sent', async () => {
  const viewers: Viewer[] = [];
  const { lines, lineOf, port } = await serving('debug', (response) => {
    const viewer = new Viewer(response);
    viewer.open({ 'Content-Type': 'text/event-stream' });
    viewer.write(Buffer.from('first'));
    viewers.push(viewer);
  });
  const reader = connect(port, '127.0.0.1', () => reader.write('GET /live/default HTTP/1.1\r\nHost: test\r\n\r\n'));
  await once(reader, 'data');
  viewers[0]?.write(Buffer.alloc(50_000, 'x'));
  expect(lines).toEqual([]);
  const line = await lineOf(() => viewers[0]?.end());
  reader.destroy();
  expect(line).toMatchObject({ level: 20, path: '/live/default', status: 200, uid: 7 });
  expect(line?.bytes).toBeGreaterThan(50_000);
});

test('a stream is logged without what was sent on its connection before', async () => {
  const viewers: Viewer[] = [];
  const { lineOf, port } = await serving('debug', (response, request) => {
    if (request.url === '/') return void response.end('x'.repeat(50_000));
    const viewer = new Viewer(response);
    viewer.open({ 'Content-Type': 'text/event-stream' });
    viewers.push(viewer);
  });
  const reader = connect(port, '127.0.0.1').resume();
  await lineOf(() => reader.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n'));
  const line = await lineOf(async () => {
    reader.write('GET /live/default HTTP/1.1\r\nHost: test\r\n\r\n');
    await expect.poll(() => viewers.length).toBe(1);
    viewers[0]?.end();
  });
  reader.destroy();
  expect(line).toMatchObject({ path: '/live/default', status: 200 });
  expect(line?.bytes).toBeLessThan(1_000);
});

test('a stream that is to be logged keeps nothing of its request while it is open', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const requests: WeakRef<IncomingMessage>[] = [];
  const viewers: Viewer[] = [];
  const { lineOf, port } = await serving('debug', (response, request) => {
    requests.push(new WeakRef(request));
    const viewer = new Viewer(response);
    viewer.open({ 'Content-Type': 'text/event-stream' });
    viewers.push(viewer);
  });
  const reader = connect(port, '127.0.0.1').resume();
  reader.write('GET /live/default HTTP/1.1\r\nHost: test\r\n\r\n');
  await once(reader, 'data');
  await expect
    .poll(() => {
      collect();
      return requests[0]?.deref() === undefined;
    })
    .toBe(true);
  expect(await lineOf(() => viewers[0]?.end())).toMatchObject({ path: '/live/default', uid: 7 });
  reader.destroy();
});

test('one whose client has gone before the end is said to be cut', async () => {
  const { lineOf, port } = await serving('info', () => client.destroy());
  const client = connect(port, '127.0.0.1', () =>
    client.write('PUT /x HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n'),
  );
  expect(await lineOf(() => once(client, 'close'))).toMatchObject({ method: 'PUT', status: null, cut: true, bytes: 0 });
});

test('an address of any length takes no more than its part of a line', async () => {
  const { lineOf, send } = await serving('info', (response) => response.writeHead(405).end());
  const line = await lineOf(() => send('POST', `/${'x'.repeat(8_000)}`));
  expect(String(line?.path)).toHaveLength(300);
});
