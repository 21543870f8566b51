import { chmodSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { ADMIN_PASSWORD } from './support/accounts.ts';
import { cliSuite } from './support/cli-suite.ts';
import { freePort } from './support/redis-server.ts';

const suite = cliSuite();

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

test('login keeps a token that only its owner can read, and no password; logout ends it', async () => {
  const admin = suite.person('admin');
  const login = await admin.run(['login'], `admin\n${ADMIN_PASSWORD}\n`);
  expect(login).toMatchObject({ code: 0, stdout: '' });
  expect(login.stderr).toMatch(`Signed in to ${suite.url} as admin until 20`);
  expect(login.stderr).toContain(admin.credentials);
  const stored = readFileSync(admin.credentials, 'utf8');
  expect(stored).not.toContain(ADMIN_PASSWORD);
  expect([modeOf(admin.credentials), modeOf(dirname(admin.credentials))]).toEqual(['600', '700']);

  // Without VIGIA_URL it goes where somebody signed in.
  expect(await admin.run(['whoami'], '', { VIGIA_URL: '' })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(`Server +${suite.url}\nUser +admin \\(0\\)\nRole +admin\n`),
  });
  const { token } = Object.values<{ token: string }>(JSON.parse(stored).servers)[0] ?? { token: '' };
  const asToken = { VIGIA_TOKEN: token };
  expect((await suite.person('elsewhere').run(['whoami'], '', asToken)).code).toBe(0);

  expect(await admin.run(['logout'])).toMatchObject({ code: 0, stderr: `Signed out of ${suite.url}\n` });
  expect(readFileSync(admin.credentials, 'utf8')).not.toContain('vig_');
  expect((await suite.person('elsewhere').run(['whoami'], '', asToken)).code).toBe(77);
});

test('on a terminal it asks, and shows no password', async () => {
  const admin = suite.person('somebody');
  const { code, stdout } = await admin.atTerminal(
    ['login'],
    [
      ['Name: ', 'admin\r'],
      ['Password: ', `${ADMIN_PASSWORD}\r`],
    ],
  );
  expect(stdout).toMatch(/Name: .*admin\s+Password: \s+Signed in to /);
  expect([code, stdout.includes(ADMIN_PASSWORD)]).toEqual([0, false]);
  const left = await admin.atTerminal(['login'], [['Name: ', '\x03']]);
  expect(left).toMatchObject({ code: 130, stdout: expect.stringContaining('Nothing was done') });
});

test('signing in again ends the token before', async () => {
  const admin = await suite.person('admin').signIn(ADMIN_PASSWORD);
  const before = readFileSync(admin.credentials, 'utf8').match(/vig_[\w-]+/)?.[0] ?? '';
  await admin.signIn(ADMIN_PASSWORD);
  expect((await admin.run(['whoami'])).code).toBe(0);
  expect((await admin.run(['whoami'], '', { VIGIA_TOKEN: before })).code).toBe(77);
});

test('a file that others can read is made private again', async () => {
  const admin = await suite.person('admin').signIn(ADMIN_PASSWORD);
  chmodSync(admin.credentials, 0o644);
  expect((await admin.run(['whoami'])).code).toBe(0);
  expect(modeOf(admin.credentials)).toBe('600');
});

test('a token that somebody has can be kept, and outlives logout', async () => {
  const admin = await suite.person('admin').signIn(ADMIN_PASSWORD);
  const token = readFileSync(admin.credentials, 'utf8').match(/vig_[\w-]+/)?.[0] ?? '';
  const other = suite.person('other');
  expect((await other.run(['login', '--token'], `${token}\n`)).code).toBe(0);
  expect((await other.run(['whoami'])).code).toBe(0);
  expect((await other.run(['logout'])).code).toBe(0);
  expect((await admin.run(['whoami'])).code).toBe(0);
});

test('tokens are made for scripts with the password, listed and revoked', async () => {
  const admin = await suite.person('admin').signIn(ADMIN_PASSWORD);
  const made = await admin.run(['tokens', 'create', 'for a script', '--expires', '30'], `${ADMIN_PASSWORD}\n`);
  expect(made).toEqual({ code: 0, stdout: expect.stringMatching(/^vig_[\w-]{43}\n$/), stderr: '' });
  const script = suite.person('script');
  const withToken = (...args: string[]) => script.run(args, '', { VIGIA_TOKEN: made.stdout.trim() });
  expect((await withToken('whoami')).code).toBe(0);
  const [newest] = JSON.parse((await admin.run(['tokens', 'list', '-o', 'json'])).stdout);
  expect(newest).toMatchObject({ name: 'for a script', lastUsedAt: expect.any(Number) });
  expect((await admin.run(['tokens', 'list'])).stdout).toMatch(/^ID +NAME +CREATED[\s\S]+ for a script +(\d|now)/);
  expect(JSON.stringify(newest)).not.toContain('vig_');
  expect((await admin.run(['tokens', 'create', 'another'], 'a wrong password\n')).code).toBe(77);

  await admin.run(['users', 'create', 'alan', '--password'], 'a password of theirs\n');
  expect((await admin.run(['tokens', 'list', '--user', 'alan'])).stderr).toBe('There are no tokens\n');
  expect((await admin.run(['tokens', 'revoke', newest.id, '--user', 'alan'])).code).toBe(66);
  const alan = await suite.person('alan').signIn('a password of theirs');
  expect((await alan.run(['tokens', 'list', '--user', 'admin'])).code).toBe(77);
  await admin.run(['users', 'delete', 'alan']);

  expect((await admin.run(['tokens', 'revoke', newest.id])).code).toBe(0);
  expect((await withToken('whoami')).code).toBe(77);
  expect((await admin.run(['tokens', 'revoke', newest.id])).code).toBe(66);
});

test('what went wrong is one line and an exit code', async () => {
  const admin = await suite.person('admin').signIn(ADMIN_PASSWORD);
  const nobody = suite.person('nobody');
  const wrong = await nobody.run(['login', '--user', 'admin'], 'a wrong password\n');
  expect(wrong).toMatchObject({ code: 77, stderr: expect.stringMatching(/^vigia: Wrong name or password, .+\n/) });
  expect(await nobody.run(['login', '--token'], 'sesame\n')).toMatchObject({ code: 64 });
  expect(await nobody.run(['login', '--user', 'admin'], '')).toMatchObject({ code: 64 });
  expect(await nobody.run(['jobs', 'list'])).toMatchObject({
    code: 77,
    stderr: expect.stringContaining('Sign in: vigia login'),
  });
  expect((await nobody.run(['jobs', 'list'], '', { VIGIA_TOKEN: `vig_${'x'.repeat(43)}` })).code).toBe(77);
  expect(await admin.run(['jobs', 'get', '4711'])).toMatchObject({ code: 66, stdout: '' });
  const away = `http://127.0.0.1:${await freePort()}`;
  expect(await admin.run(['jobs', 'list', '--server', away])).toEqual({
    code: 69,
    stdout: '',
    stderr: `vigia: ${away} cannot be reached: nothing listens there\n`,
  });
  expect((await admin.run(['jobs', 'list', '--server', 'ftp://x'])).code).toBe(64);
  expect((await admin.run(['jobs', 'list', '--limit', 'many'])).stderr).toContain('--limit must be a whole number');
  expect((await admin.run(['jobs', 'lists'])).stderr).toContain('There is no command "jobs lists"');
  expect((await admin.run(['jobs', 'submit'])).stderr).toBe(
    'vigia: FILE is missing\n  "vigia jobs submit --help" says how it is used\n',
  );
  expect((await admin.run(['jobs', 'submit', '/dev/null', '--language', 'bash'])).stderr).toBe(
    'vigia: code: must not be empty\n',
  );
  const verbose = await admin.run(['jobs', 'get', '4711', '--verbose']);
  expect(verbose.stderr).toMatch(/HTTP 404, request [\w.-]{8,}/);
});

test('accounts are listed, made, changed, disabled and deleted', async () => {
  const admin = await suite.person('admin').signIn(ADMIN_PASSWORD);
  const made = await admin.run(['users', 'create', 'grace']);
  expect(made.stdout).toMatch(/^UID +NAME +ROLE +MAY SIGN IN[\s\S]+grace +user +yes/);
  const password = /shown only now: (\S+)/.exec(made.stdout)?.[1] ?? '';
  const grace = await suite.person('grace').signIn(password);
  expect((await grace.run(['users', 'list'])).code).toBe(77);
  expect((await admin.run(['users', 'create', 'grace'])).code).toBe(65);

  expect((await admin.run(['users', 'disable', 'GRACE'])).stdout).toMatch(/grace +user +no/);
  expect((await grace.run(['whoami'])).code).toBe(77);
  await admin.run(['users', 'enable', 'grace']);
  expect((await grace.run(['whoami'])).code).toBe(0);

  expect((await admin.run(['users', 'set', 'grace', '--role', 'admin'])).stdout).toMatch(/grace +admin +yes/);
  const reset = await admin.run(
    ['users', 'reset-password', 'grace', '--password', '--end-tokens'],
    'another password\n',
  );
  expect(reset).toMatchObject({ code: 0, stdout: 'grace has the new password\n' });
  expect((await grace.run(['whoami'])).code).toBe(77);
  await grace.signIn('another password');

  const listed = JSON.parse((await admin.run(['users', 'list', '-o', 'json'])).stdout);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(['admin', 'grace']);
  expect((await admin.run(['users', 'delete', 'grace'])).code).toBe(0);
  expect((await admin.run(['users', 'delete', 'grace'])).code).toBe(66);
});

test('status shows admins, and nobody else, which process plays which role', async () => {
  const admin = await suite.person('admin').signIn(ADMIN_PASSWORD);
  const { code, stdout } = await admin.run(['status']);
  expect(code).toBe(0);
  for (const role of ['functions', 'web', 'jobs']) expect(stdout).toMatch(new RegExp(`^${role} +alive `, 'm'));
  expect(stdout).toMatch(/^Nobody plays +collector$/m);
  expect(stdout).toMatch(/^Redis +\d+\.\d+\.\d+, up for /m);
  expect(JSON.parse((await admin.run(['status', '-o', 'json'])).stdout).processes).toHaveLength(3);
});
