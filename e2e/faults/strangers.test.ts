import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_PASSWORD } from '../support/accounts.ts';
import { browserSuite } from '../support/browser-suite.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { until } from '../support/until.ts';
import { Vigia } from '../support/vigia.ts';

/** What a stranger may put into a name or a printed line: markup, a colour, the clipboard (OSC 52), text that turns round. */
const MARKUP = '<img src=x onerror="document.title=1">';
const CONTROLS = '\u001b[31mred\u001b]52;c;aGk=\u0007 \u202eturned';

const FUNCTION = `
def handler(event, context):
    print(${JSON.stringify(CONTROLS)})
    print("one\\n{\\"level\\":60,\\"msg\\":\\"forged\\"}")
    return {${JSON.stringify(MARKUP)}: 1.5, "link": "javascript:alert(1)"}
`;

const scratch = scratchFolder();
const { open } = browserSuite();
let vigia: Vigia;

beforeAll(async () => {
  const path = scratch.write('strange.py', FUNCTION);
  vigia = await Vigia.start({ ADMIN_PASSWORD, FUNCTION_PATH: path, MONITORING_PERIOD: '0.5', COLLECT_PERIOD: '0.5' });
});
afterAll(() => vigia[Symbol.asyncDispose]());

/** Sends these very bytes and returns all that comes back until the server closes or says no more for a while. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(vigia.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.setTimeout(2_000, () => socket.destroy());
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

/** All that a write could change. */
const settings = async () => [
  await vigia.redis.hgetall('vigia:registry'),
  await vigia.redis.get('vigia:{default}:record'),
  await vigia.redis.hgetall('vigia:{default}:versions'),
];

describe('what goes around the front door', () => {
  test.each([
    ['x-middleware-subrequest', 'proxy:proxy:proxy:proxy:proxy'],
    ['x-middleware-subrequest', 'src/middleware:src/middleware'],
    ['x-middleware-rewrite', '/admin'],
    ['x-invoke-path', '/admin'],
    ['x-matched-path', '/admin'],
    ['x-nextjs-data', '1'],
    ['x-forwarded-host', '127.0.0.1'],
    ['x-vigia-remote', '127.0.0.1'],
  ])('%s: %s opens nothing', async (name, value) => {
    const headers = { [name]: value };
    const page = await fetch(`${vigia.url}/admin/users`, { headers, redirect: 'manual' });
    expect(page.status).toBe(307);
    expect(page.headers.get('location')).toContain('/signin');
    for (const path of ['/api/v1/users', '/api/v1/functions/default/settings', '/api/v1/audit'])
      expect((await fetch(vigia.url + path, { headers })).status).toBe(401);
  });

  test('a request with two lengths is refused, and what follows it is not read as another one', async () => {
    const before = await settings();
    const smuggled = 'DELETE /api/v1/functions/default HTTP/1.1\r\nHost: x\r\n\r\n';
    const both = `POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`;
    const twice = `POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`;
    for (const bytes of [both, twice]) {
      const answer = await raw(bytes);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    }
    expect(await settings()).toEqual(before);
  });

  test.each(['/', '/admin', '/functions/default/settings', '/signin'])('%s takes no action of a form', async (path) => {
    const before = await settings();
    const body = new FormData();
    body.set('1_$ACTION_ID_7f', '');
    const action = new Headers({ 'Next-Action': '7f0123456789abcdef0123456789abcdef01234567' });
    for (const headers of [action, new Headers()]) {
      const answer = await fetch(vigia.url + path, { method: 'POST', headers, body, redirect: 'manual' });
      expect(answer.status).toBe(405);
    }
    expect(await settings()).toEqual(before);
  });

  test.each([
    ['GET', '//'],
    ['GET', '//elsewhere.test/admin'],
    ['GET', '/\\elsewhere.test'],
    ['GET', 'http://['],
    ['GET', 'http://elsewhere.test/admin'],
    ['GET', '*'],
    ['POST', '//x/api/v1/session'],
  ])('%s %s is no address here, and is answered', async (method, target) => {
    const answer = await raw(`${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
  });

  test.each([
    ['/admin/../api/v1/users', 401],
    ['/api/../admin', 405],
    ['/livez/..\\admin', 405],
  ])('POST %s is what it comes to', async (target, status) => {
    const answer = await raw(
      `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test.each(['TRACE', 'PROPFIND', 'QUERY'])('%s is not done by the API', async (method) => {
    const answer = await raw(`${method} /api/v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toMatch(/^Allow: GET, /m);
  });

  test('whoever guesses passwords is known by where they are, whatever they say of it', async () => {
    const guess = (index: number, headers: Record<string, string>) =>
      fetch(`${vigia.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name: 'mallory', password: `guess ${index}` }),
      });
    const statuses: number[] = [];
    for (let index = 1; index <= 10; index += 1) {
      const address = `198.51.100.${index}`;
      const headers = { 'x-forwarded-for': address, forwarded: `for=${address}`, 'x-vigia-remote': address };
      statuses.push((await guess(index, headers)).status);
    }
    expect(statuses).toEqual(Array(10).fill(401));
    const refused = await guess(11, { 'x-forwarded-for': '198.51.100.11', 'x-real-ip': '198.51.100.11' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test.each(['/', '/live/default', '/api/v1/session'])('%s is not upgraded to another protocol', async (path) => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA';
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n\r\n`);
    expect(answer).not.toMatch(/^HTTP\/1\.1 101/);
  });
});

describe('what strangers write is shown and logged as text', () => {
  test('markup in the name of a metric, a javascript: link in a result', async () => {
    const page = await open(vigia.url);
    await until(() => page.locator('main').textContent()).toContain(MARKUP);
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
    expect(page.faults).toEqual([]);
  });

  test('a line of the log is one line of JSON, with control characters escaped', async () => {
    await until(() => vigia.output).toContain('turned');
    const lines = vigia.output.split('\n').filter((line) => line.startsWith('{'));
    const printed = lines.map((line) => JSON.parse(line)).filter(({ stream }) => stream === 'stdout');
    expect(printed.map(({ msg }) => msg)).toContain(CONTROLS);
    expect(printed.map(({ msg }) => msg)).toContain('{"level":60,"msg":"forged"}');
    expect(lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'forged')).toEqual([]);
    expect(vigia.output).not.toContain('\u001b]52');
  });
});
