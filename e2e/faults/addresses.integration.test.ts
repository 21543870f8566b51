import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { METADATA_ADDRESSES } from '#lib/archives/metadata-addresses';
import { findExecutable } from '#runtime/supervise/find-executable';

const services = Object.keys(METADATA_ADDRESSES);

/**
 * A network of one's own in which the addresses that must not be asked are there and answer: only a connection that was
 * really not made is not counted.
 */
const NETWORK = `set -e
ip link set lo up
for address in 10.0.0.1 172.16.0.1 192.168.0.1 100.64.0.1 ${services.filter((each) => !each.includes(':')).join(' ')}; do ip addr add "$address/32" dev lo; done
for address in fe80::1 2001:db8::1 ${services.filter((each) => each.includes(':')).join(' ')}; do ip -6 addr add "$address/128" dev lo nodad 2>/dev/null || true; done
exec "$@"
`;
const namespace = ['unshare', '--user', '--map-root-user', '--net', 'sh', '-c', NETWORK, 'sh'];
const PATH = process.env.PATH ?? '';
const isPossible =
  ['unshare', 'ip'].every((program) => findExecutable(program, `${PATH}:/sbin:/usr/sbin`) !== null) &&
  spawnSync(namespace[0] ?? '', [...namespace.slice(1), 'true'], { stdio: 'ignore' }).status === 0;

const module = (file: string) => JSON.stringify(new URL(`../../lib/archives/${file}`, import.meta.url).pathname);

const FORBIDDEN = [
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.169.254./',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://169.254.43518/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
  'http://[::a9fe:a9fe]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::]/',
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://017700000001/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://0.0.0.0/',
  'http://0/',
  'http://[::]/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://①②⑦.⓪.⓪.①/',
  'http:127.0.0.1/',
  'http:\\\\127.0.0.1\\',
  'HTTP://127.0.0.1/',
  '\thttp://127.0.0.1/',
  'http://example.org@127.0.0.1/',
  'http://127.0.0.1#@example.org/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.0.1/',
  'http://100.64.0.1/',
  ...services.map((address) => (address.includes(':') ? `http://[${address}]/` : `http://${address}/`)),
  'http://[fe80::1]/',
  'http://[fe80::1%25lo]/',
  'https://127.0.0.1/',
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'ftp://127.0.0.1/',
  'gopher://127.0.0.1/',
  'dict://127.0.0.1:6379/',
  'redis://127.0.0.1:6379/',
  'data:application/zip;base64,UEsFBg==',
  'blob:http://127.0.0.1/x',
  'javascript:1',
  'unix:/run/redis.sock',
  '//127.0.0.1/',
];

const PROGRAM = `
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fetchArchive } from ${module('fetch-archive.ts')};
import { parseAllowance } from ${module('address-rules.ts')};

const counted = { connections: 0 };
let answer = 'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nPK';
for (const port of [80, 443, 21, 70, 6379]) {
  const server = createServer((socket) => {
    counted.connections++;
    socket.on('error', () => {}).once('data', () => socket.end(answer));
  }).listen({ port, host: '::' });
  server.unref();
  await once(server, 'listening');
}
const nothing = parseAllowance([]);
const limits = { bytes: 1024, idleMs: 2_000, totalMs: 4_000, redirects: 5 };
const ask = async (address, allowed = nothing, resolve) => {
  counted.connections = 0;
  const { kind, rule, reason } = await fetchArchive(address, { allowed, limits, ...(resolve ? { resolve } : {}) });
  return { address, kind, why: rule ?? reason, connections: counted.connections };
};
const resolveTo = (...addresses) => async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const forbidden = [];
for (const address of ${JSON.stringify(FORBIDDEN)}) forbidden.push(await ask(address));
const names = [];
for (const addresses of [['169.254.169.254'], ['168.63.129.16'], ['10.0.0.1'], ['::1'], ['::ffff:a9fe:a9fe'], ['1.1.1.1', '127.0.0.1']])
  names.push(await ask('http://name.example/', nothing, resolveTo(...addresses)));
// The very same address answers when it is allowed, so that a count of none means something.
const allowed = [];
for (const host of ['169.254.169.254', '168.63.129.16', '127.0.0.1', '10.0.0.1', '[::1]', '[fd00:ec2::254]'])
  allowed.push(await ask('http://' + host + '/', parseAllowance([host])));
const redirected = [];
for (const to of ['http://169.254.169.254/', 'http://2130706433/', '//127.0.0.1/', 'file:///etc/passwd', 'http://[::ffff:a9fe:a9fe]/']) {
  answer = 'HTTP/1.1 302 Found\\r\\nLocation: ' + to + '\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n';
  redirected.push(await ask('http://10.0.0.1/', parseAllowance(['10.0.0.1'])));
}
let asked = 0;
answer = 'HTTP/1.1 302 Found\\r\\nLocation: http://rebound.example/next\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n';
const rebound = await ask('http://rebound.example/', parseAllowance(['10.0.0.1']), async () => [
  { address: asked++ === 0 ? '10.0.0.1' : '169.254.169.254', family: 4 },
]);
console.log(JSON.stringify({ forbidden, names, allowed, redirected, rebound }));
process.exit();
`;

test.skipIf(!isPossible)(
  'addresses that must not be asked are there and answer, and no connection is made to any of them',
  async () => {
    const [program = '', ...words] = namespace;
    const args = [...words, process.execPath, '--input-type=module-typescript', '-e', PROGRAM];
    const { stdout } = await promisify(execFile)(program, args, {
      cwd: import.meta.dirname,
      env: { NODE_ENV: 'test', PATH: `${PATH}:/sbin:/usr/sbin` },
    });
    const { forbidden, names, allowed, redirected, rebound } = JSON.parse(stdout);
    for (const each of [...forbidden, ...names])
      expect(each).toEqual({ ...each, kind: 'refused', why: expect.any(String), connections: 0 });
    expect(forbidden).toHaveLength(FORBIDDEN.length);
    for (const each of allowed) expect(each).toEqual({ ...each, kind: 'fetched', connections: 1 });
    // The first answer comes from an address that is allowed; where it points to is not asked.
    for (const each of [...redirected, rebound]) expect(each).toEqual({ ...each, kind: 'refused', connections: 1 });
    expect(rebound.why).toContain('169.254.169.254');
  },
);
