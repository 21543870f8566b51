import { hash } from 'node:crypto';
import { mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeRefusal } from '#lib/archives/refusal';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { readCode } from '#lib/functions/keep-code';
import { readVersion, shortVersion } from '#lib/functions/versions';
import type { CodeVersion } from '#lib/schemas/record';
import type { Code } from './code.ts';
import { codeInArchive } from './code-in-archive.ts';
import { partsOf } from './locate-entry.ts';
import { unpackArchive } from './unpack.ts';

/** The versions of functions as files of this machine: each in a folder named after its content. */
export class LocalCode {
  readonly #ctx: Context;
  readonly #mounted = new Map<string, string>();

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Content that lies somewhere on this machine is run from there, so that it finds the files beside it. */
  isAt(sha256: string, path: string): void {
    this.#mounted.set(sha256, path);
  }

  /**
   * Makes a version ready to be imported, or says why it cannot be. In a stand-in only the function itself is looked for,
   * because its setting may name a module of the archive.
   */
  async prepare(
    name: string,
    number: number,
    handler: string,
    isStandIn: boolean,
  ): Promise<{ code: Code } | { reason: string }> {
    try {
      const version = await readVersion(this.#ctx, name, number);
      if (version.kind === 'archive') return await this.#archive(name, version, handler);
      const path = (await this.mountedPath(version)) ?? (await this.#written(name, version));
      if (path === null) return { reason: `the code of version ${number} is not kept any more` };
      const { language, source, sha256 } = version;
      const called = isStandIn ? partsOf(handler).name : handler;
      return {
        code: { language: language ?? 'python', source, path, version: shortVersion(sha256), handler: called },
      };
    } catch (error) {
      return { reason: messageOf(error) };
    }
  }

  /** Where content lies on this machine, if it still does. */
  async mountedPath({ sha256 }: Pick<CodeVersion, 'sha256'>): Promise<string | null> {
    const path = this.#mounted.get(sha256);
    if (path === undefined) return null;
    const content = await readFile(path).catch(() => null);
    return content !== null && hash('sha256', content) === sha256 ? path : null;
  }

  /** A file as old as its version, which is what its function sees as `function_getmtime`. */
  async #written(name: string, { sha256, fileName, at }: CodeVersion): Promise<string | null> {
    const folder = join(this.#ctx.config.home, 'code', sha256);
    const path = join(folder, fileName);
    const there = await readFile(path).catch(() => null);
    if (there !== null && hash('sha256', there) === sha256) return path;
    const content = await readCode(this.#ctx, name, sha256);
    if (content === null) return null;
    await mkdir(folder, { recursive: true });
    const growing = `${path}.${process.pid}.new`;
    await writeFile(growing, content);
    await utimes(growing, at / 1000, at / 1000);
    await rename(growing, path);
    return path;
  }

  async #archive(
    name: string,
    { number, sha256, source, entry, language }: CodeVersion,
    handler: string,
  ): Promise<{ code: Code } | { reason: string }> {
    const bytes = await readCode(this.#ctx, name, sha256);
    if (bytes === null) return { reason: `the archive of version ${number} is not kept any more` };
    const { config } = this.#ctx;
    const unpacked = await unpackArchive(bytes, config.home);
    if (unpacked.kind === 'refused') return { reason: describeRefusal(unpacked) };
    return await codeInArchive(unpacked, { handler, entry, language, label: source }, config);
  }
}
