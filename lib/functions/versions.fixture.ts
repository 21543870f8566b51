import type { Context } from '#lib/context';
import type { FunctionRecord } from '#lib/schemas/record';
import { deployCode } from './deploy-code.ts';
import { type NewCode, readCode } from './keep-code.ts';
import { admin, invoke, leaseOf, python } from './registry.fixture.ts';
import { readVersion } from './versions.ts';

export const MIB = 1024 * 1024;

export const newCode = (content: Buffer, rest: Partial<NewCode> = {}): NewCode => ({
  kind: 'archive',
  language: null,
  fileName: 'code.zip',
  entry: null,
  source: 'uploaded',
  message: '',
  by: { kind: 'user', uid: 0, name: 'admin' },
  content,
  ...rest,
});

/** Returns the version's number. */
export const deploy = async (ctx: Context, text: string) =>
  (await deployCode(ctx, admin, { name: 'f', code: python(text) })).version;

export async function textOf(ctx: Context, number: number): Promise<string | undefined> {
  const { sha256 } = await readVersion(ctx, 'f', number);
  return (await readCode(ctx, 'f', sha256))?.toString();
}

/** Writes a version as the one that runs. */
export async function run(ctx: Context, record: FunctionRecord, number: number): Promise<void> {
  await invoke(ctx, record, await leaseOf(ctx, record.name, 'runtime'), number);
}
