import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeRefusal } from '#lib/archives/refusal';
import { type Config, loadConfig } from '#lib/config';
import { archiveOf, type archivers, type Files } from '../../../e2e/support/archives.ts';
import { scratchFolder } from '../../../e2e/support/scratch-folder.ts';
import { Hosts } from '../hosts/hosts.ts';
import { ArchiveSource } from './archive-source.ts';
import type { Code } from './code.ts';
import { codeInArchive } from './code-in-archive.ts';
import { unpackArchive } from './unpack.ts';

export const env = { PATH: process.env.PATH ?? '' };

/** Python whose handler says where it is from. */
export const says = (what: string, name = 'handler') =>
  `def ${name}(event, context):\n    return {"from": "${what}"}\n`;

/** Python whose handler says what it gets from a helper, imported in this way. */
export const usesHelper = (how: string) => `${how}\n\ndef handler(event, context):\n    return {"from": value()}\n`;
export const helper = 'def value():\n    return "helper"\n';
export const flat = { 'main.py': usesHelper('from helper import value'), 'helper.py': helper };

type Found = { kind: 'code'; code: Code } | { kind: 'failed'; reason: string };

/** What the declared archive comes to on this machine. */
export async function codeOf(config: Config): Promise<Found> {
  const { archive, handler, language = null } = config.function;
  if (archive === undefined) throw new Error('no archive is declared');
  const source = new ArchiveSource(archive);
  const look = await source.look(new AbortController().signal);
  if (look.kind !== 'found') return { kind: 'failed', reason: look.kind === 'failed' ? look.reason : look.kind };
  const unpacked = await unpackArchive(look.bytes, config.home);
  if (unpacked.kind === 'refused') return { kind: 'failed', reason: describeRefusal(unpacked) };
  const question = { handler, entry: archive.entryFile ?? null, language, label: source.label };
  const found = await codeInArchive(unpacked, question, config);
  return 'code' in found ? { kind: 'code', code: found.code } : { kind: 'failed', reason: found.reason };
}

/** Archives that are made of files, looked into and called. */
export function archivesSuite() {
  const hosts = new Hosts({ python: 'python3', env });
  const { folder: scratch } = scratchFolder();
  afterAll(() => hosts[Symbol.asyncDispose]());
  let made = 0;

  async function look(files: Files, settings: Record<string, string>, archiver?: keyof typeof archivers) {
    const home = join(scratch, `${++made}`);
    const bytes = await archiveOf(files, join(home, 'source'), archiver);
    const config = { ...env, VIGIA_HOME: home, FUNCTION_ZIP_BASE64: bytes.toString('base64'), ...settings };
    return await codeOf(loadConfig(config));
  }

  return {
    /** What the handler of such an archive returns, in a real host. */
    async returned(files: Files, settings: Record<string, string> = {}, archiver?: keyof typeof archivers) {
      const found = await look(files, settings, archiver);
      if (found.kind === 'failed') throw new Error(found.reason);
      const { language, path, handler, imports } = found.code;
      const order = { name: 'f', isolation: 'own' as const, language, path, handler, imports, log: () => {} };
      await using host = await hosts.start(order);
      const failure = await host.load(15_000);
      if (failure !== null) throw new Error(failure.message);
      const outcome = await host.invoke(Buffer.from('{"n": 1}'), 10_000);
      return outcome.kind === 'result' ? JSON.parse(outcome.text) : outcome;
    },
    /** Why such an archive cannot be used. */
    async failure(files: Files, settings: Record<string, string> = {}): Promise<string> {
      const found = await look(files, settings);
      return found.kind === 'failed' ? found.reason : `found ${found.code.source}`;
    },
  };
}
