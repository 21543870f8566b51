import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllowance } from './address-rules.ts';
import { type FetchOptions, fetchArchive, fetchLimits } from './fetch-archive.ts';
import { zipOfFiles } from './zip-builder.fixture.ts';

const here = parseAllowance(['127.0.0.1']);
const nothing = parseAllowance([]);
const archive = zipOfFiles({ 'main.py': 'x = 1\n' });
const limits = { ...fetchLimits, bytes: 1024 * 1024 };

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A real server on 127.0.0.1; `connections` counts every TCP connection, also those that send nothing. */
async function serve(answer: RequestListener) {
  const seen = { connections: 0, urls: [] as (string | undefined)[] };
  const server = createServer((request, response) => {
    seen.urls.push(request.url);
    answer(request, response);
  });
  server.on('connection', () => seen.connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  return { url: `http://127.0.0.1:${port}`, port, seen };
}

const fetched = (url: string, options: Partial<FetchOptions> = {}) =>
  fetchArchive(url, { allowed: here, limits, ...options });

/** A DNS that answers one thing after another; the last one again and again. */
function dns(...answers: string[][]) {
  const asked: string[] = [];
  const resolve = async (host: string): Promise<LookupAddress[]> => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { asked, resolve };
}

const redirect = (response: ServerResponse, location: string, status = 302) =>
  response.writeHead(status, { location }).end('moved');

test('an archive comes with its ETag, whatever its type is said to be', async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { etag: '"v1"', 'content-type': 'text/html' }).end(archive);
  });
  expect(await fetched(url)).toEqual({ kind: 'fetched', bytes: archive, etag: '"v1"' });
});

test('a known ETag is sent, and 304 means unchanged', async () => {
  const { url } = await serve((request, response) => {
    response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 200).end();
  });
  expect(await fetched(url, { etag: '"v1"' })).toEqual({ kind: 'unchanged' });
  expect(await fetched(url, { etag: '"v0"' })).toMatchObject({ kind: 'fetched' });
});

describe('addresses that are refused without a connection', () => {
  test.each([
    ['http://169.254.169.254/latest/meta-data/', /^169\.254\.169\.254 is a cloud's metadata service/],
    ['http://127.0.0.1:PORT/', /loopback/],
    ['http://127.0.0.1.:PORT/', /loopback/],
    ['http://127.1:PORT/', /loopback/],
    ['http://2130706433:PORT/', /loopback/],
    ['http://0x7f.1:PORT/', /loopback/],
    ['http://017700000001:PORT/', /loopback/],
    ['http://0:PORT/', /unspecified/],
    ['http:\\\\127.0.0.1:PORT\\', /loopback/],
    ['http://①②⑦.0.0.1:PORT/', /loopback/],
    ['http://[::1]:PORT/', /loopback/],
    ['http://[::ffff:127.0.0.1]:PORT/', /loopback/],
    ['http://[::ffff:a9fe:a9fe]/', /metadata/],
    ['http://[64:ff9b::7f00:1]:PORT/', /loopback/],
    ['http://[2002:7f00:1::]:PORT/', /6to4/],
    ['http://10.0.0.1/', /private/],
    ['http://localhost:PORT/', /^localhost is (127\.0\.0\.1|::1), which is not a public address \(loopback\)/],
    ['file:///etc/passwd', /^file: is not accepted/],
    ['ftp://example.org/code.zip', /^ftp: is not accepted/],
    ['data:application/zip;base64,UEsFBg==', /^data: is not accepted/],
    ['http://user:secret@example.org/', /^a user name or password in the URL$/],
    ['http://exa mple.org/', /^not a URL$/],
  ])('%s', async (address, rule) => {
    const { port, seen } = await serve((_request, response) => response.end(archive));
    const result = await fetched(address.replace('PORT', String(port)), { allowed: nothing });
    expect(result).toEqual({ kind: 'refused', rule: expect.stringMatching(rule) });
    expect(seen.connections).toBe(0);
  });

  test('every answer of the DNS counts, not only the first', async () => {
    const { port, seen } = await serve((_request, response) => response.end(archive));
    const { resolve } = dns(['93.184.215.14', '127.0.0.1']);
    const result = await fetched(`http://two-faced.example:${port}/`, { allowed: nothing, resolve });
    expect(result).toMatchObject({ rule: expect.stringMatching(/^two-faced\.example is 127\.0\.0\.1, which/) });
    expect(seen.connections).toBe(0);
  });

  test('a name that is rebound is judged again', async () => {
    const first = await serve((_request, response) => redirect(response, `http://rebound.example:${second.port}/`));
    const second = await serve((_request, response) => response.end(archive));
    // 127.0.0.1 stands for the good address, 127.0.0.2 for the bad one.
    const { resolve, asked } = dns(['127.0.0.1'], ['127.0.0.2']);
    const result = await fetched(`http://rebound.example:${first.port}/`, { resolve });
    expect(result).toMatchObject({ kind: 'refused', rule: expect.stringContaining('127.0.0.2') });
    expect([asked.length, first.seen.connections, second.seen.connections]).toEqual([2, 1, 0]);
  });

  test('the connection goes to the answer that was judged', async () => {
    const { port, seen } = await serve((_request, response) => response.end(archive));
    const { resolve, asked } = dns(['127.0.0.1'], ['127.0.0.2']);
    expect(await fetched(`http://rebound.example:${port}/`, { resolve })).toMatchObject({ kind: 'fetched' });
    expect([asked, seen.connections]).toEqual([['rebound.example'], 1]);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%i is followed, also to a relative place', async (status) => {
    const { url, seen } = await serve((request, response) => {
      if (request.url === '/here/code.zip') response.end(archive);
      else redirect(response, 'here/code.zip', status);
    });
    expect(await fetched(url)).toMatchObject({ kind: 'fetched', bytes: archive });
    expect(seen.urls).toEqual(['/', '/here/code.zip']);
  });

  test.each([
    ['http://127.0.0.2:PORT/', /loopback/],
    ['http://169.254.169.254/', /metadata/],
    ['http://[::ffff:7f00:2]:PORT/', /loopback/],
    ['//2130706434:PORT/', /loopback/],
    ['file:///etc/passwd', /^file: is not accepted/],
    ['http://user@127.0.0.1:PORT/', /user name/],
  ])('to %s is refused without a second connection', async (location, rule) => {
    const { url, port, seen } = await serve((_request, response) =>
      redirect(response, location.replace('PORT', String(port))),
    );
    expect(await fetched(url)).toEqual({ kind: 'refused', rule: expect.stringMatching(rule) });
    expect(seen.connections).toBe(1);
  });

  test('five are enough', async () => {
    const { url, seen } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(archive);
      else redirect(response, `/${left - 1}`);
    });
    expect(await fetched(`${url}/5`)).toMatchObject({ kind: 'fetched' });
    expect(await fetched(`${url}/6`)).toEqual({ kind: 'failed', reason: 'more than 5 redirects' });
    expect(seen.urls.length).toBe(12);
  });

  test('without a place are a failure', async () => {
    const { url } = await serve((_request, response) => response.writeHead(302).end());
    expect(await fetched(url)).toEqual({ kind: 'failed', reason: 'HTTP 302 without a location' });
  });
});

describe('downloads that do not end well', () => {
  const megabytes = 'larger than 1 MiB';
  test.each<[string, RequestListener, string | RegExp]>([
    ['not there', (_request, response) => response.writeHead(404).end('no'), 'HTTP 404'],
    ['a part', (_request, response) => response.writeHead(206).end(archive), 'HTTP 206'],
    [
      'too large by its own account',
      (_request, response) => void response.writeHead(200, { 'content-length': 2 ** 21 }).flushHeaders(),
      megabytes,
    ],
    [
      'endless',
      (_request, response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', more);
        more();
      },
      megabytes,
    ],
    [
      'shorter than it says',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 1_000 });
        response.write('PK', () => response.destroy());
      },
      /aborted|cut off/,
    ],
    [
      'cut off between two chunks',
      (_request, response) => void response.write('PK', () => response.destroy()),
      /aborted|cut off/,
    ],
    ['closed at once', (_request, response) => void response.destroy(), /hang up|ECONNRESET/],
  ])('%s', async (_case, answer, reason) => {
    const { url } = await serve(answer);
    const result = await fetched(url);
    expect(result).toEqual({
      kind: 'failed',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });

  test('a server that says nothing', async () => {
    const { url } = await serve(() => {});
    const result = await fetched(url, { limits: { ...limits, idleMs: 50 } });
    expect(result).toEqual({ kind: 'failed', reason: 'nothing came for 0.05 s' });
  });

  test('a server that stops speaking', async () => {
    const { url } = await serve((_request, response) => void response.write('PK'));
    const result = await fetched(url, { limits: { ...limits, idleMs: 50 } });
    expect(result).toEqual({ kind: 'failed', reason: 'nothing came for 0.05 s' });
  });

  test('a byte now and then, for ever', async () => {
    const { url } = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const result = await fetched(url, { limits: { ...limits, totalMs: 400 } });
    expect(result).toEqual({ kind: 'failed', reason: 'not done after 0.4 s' });
  });

  test('redirects for ever do not get more time each', async () => {
    const { url } = await serve((request, response) => {
      setTimeout(() => redirect(response, `${request.url}x`), 100).unref();
    });
    const result = await fetched(url, { limits: { ...limits, totalMs: 250, redirects: 1_000 } });
    expect(result).toEqual({ kind: 'failed', reason: 'not done after 0.25 s' });
  });

  test('a DNS that never answers', async () => {
    const result = await fetched('http://silent.example/', {
      resolve: () => new Promise(() => {}),
      limits: { ...limits, idleMs: 50 },
    });
    expect(result).toEqual({ kind: 'failed', reason: 'nothing came for 0.05 s' });
  });

  test('a host that is not there is named', async () => {
    const resolve = async () => Promise.reject(new Error('getaddrinfo ENOTFOUND nowhere.example'));
    expect(await fetched('http://nowhere.example/', { resolve })).toEqual({
      kind: 'failed',
      reason: 'getaddrinfo ENOTFOUND nowhere.example',
    });
  });

  test('nobody wants it any more', async () => {
    const stop = new AbortController();
    const { url } = await serve(() => stop.abort(new Error('the runtime stops')));
    expect(await fetched(url, { signal: stop.signal })).toEqual({ kind: 'failed', reason: 'the runtime stops' });
  });
});

test('the limits are those of the promise', () => {
  expect(fetchLimits).toEqual({ bytes: 64 * 1024 * 1024, idleMs: 10_000, totalMs: 60_000, redirects: 5 });
});
