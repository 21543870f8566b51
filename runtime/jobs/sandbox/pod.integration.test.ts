import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findExecutable } from '#runtime/supervise/find-executable';
import { probeSandbox } from './probe-sandbox.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vigia-pod-'));
chmodSync(scratch, 0o777);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A pod without rights, as far as a sandbox is concerned: it has bubblewrap, which can make no namespaces there. */
const POD = ['--unshare-user', '--disable-userns', '--dev-bind', '/', '/', '--uid', '10001', '--gid', '10001'];
const bwrap = findExecutable('bwrap', '/usr/local/bin:/usr/bin:/bin') ?? '';
const isPossible = spawnSync(bwrap, [...POD, '/bin/true']).status === 0;

const alone = await probeSandbox({ allowUnsandboxed: false, secret: [], tiers: ['landlock'] });
if (alone.tier !== null) await alone[Symbol.asyncDispose]();

const PROBE = `
import { probeSandbox } from '${join(import.meta.dirname, 'probe-sandbox.ts')}';
const sandbox = await probeSandbox({ allowUnsandboxed: false, secret: [] });
process.stdout.write(JSON.stringify({ tier: sandbox.tier, missing: sandbox.missing }));
if (sandbox.tier !== null) await sandbox[Symbol.asyncDispose]();
`;

test.skipIf(!isPossible || alone.tier === null)('where bubblewrap is there and cannot work, Landlock does', () => {
  const node = [process.execPath, '--input-type=module-typescript', '--eval', PROBE];
  const env = { PATH: '/usr/bin:/bin', TMPDIR: scratch, NODE_ENV: 'test' } as const;
  const { stdout, stderr } = spawnSync(bwrap, [...POD, '--cap-drop', 'ALL', ...node], { env, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ tier: 'landlock', missing: [expect.stringMatching(/^bubblewrap: /)] });
});
