import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#lib/config';
import { messageOf } from '#lib/errors';
import { type Code, shortVersion } from '../definition.ts';
import { archiveBytes, type DeclaredArchive, labelOf } from './archive-bytes.ts';
import { javaScriptNames } from './javascript-names.ts';
import { locateEntry } from './locate-entry.ts';
import { languageOfModule } from './module-files.ts';
import { pythonNames } from './python-names.ts';
import { describeRefusal } from './refusal.ts';
import { type Unpacked, unpackArchive } from './unpack.ts';

/** What a look at an archive finds. `failed` says why in words for its owner. */
export type Look = { kind: 'code'; code: Code } | { kind: 'failed'; reason: string };

/** The archive that the environment declares. Every look finds its newest version, ready to be imported, or says why not. */
export class ArchiveSource {
  readonly label: string;
  /** Whether another look may find something else. */
  readonly canChange: boolean;
  readonly #archive: DeclaredArchive;
  readonly #config: Config;
  #last: { etag: string | undefined; sha256: string; code: Code } | null = null;

  constructor(archive: DeclaredArchive, config: Config) {
    this.#archive = archive;
    this.#config = config;
    this.label = labelOf(archive);
    this.canChange = archive.location !== undefined;
  }

  async look(signal: AbortSignal): Promise<Look> {
    try {
      return await this.#look(signal);
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error) };
    }
  }

  async #look(signal: AbortSignal): Promise<Look> {
    const known = this.#last !== null && existsSync(this.#last.code.path) ? this.#last : null;
    const fetched = await archiveBytes(this.#archive, { etag: known?.etag, signal });
    switch (fetched.kind) {
      case 'refused':
        return { kind: 'failed', reason: fetched.rule };
      case 'failed':
        return fetched;
      case 'unchanged':
        return known === null ? { kind: 'failed', reason: 'HTTP 304' } : { kind: 'code', code: known.code };
      case 'fetched':
        if (known !== null && hash('sha256', fetched.bytes) === known.sha256) return { kind: 'code', code: known.code };
        return await this.#take(fetched.bytes, fetched.etag);
    }
  }

  async #take(bytes: Buffer, etag: string | undefined): Promise<Look> {
    const unpacked = await unpackArchive(bytes, this.#config.home);
    if (unpacked.kind === 'refused') return { kind: 'failed', reason: describeRefusal(unpacked) };
    const look = await this.#locate(unpacked);
    if (look.kind === 'code') this.#last = { etag, sha256: unpacked.sha256, code: look.code };
    return look;
  }

  async #locate({ directory, files, folder, sha256 }: Unpacked): Promise<Look> {
    const { python, functionEnv, function: declared } = this.#config;
    const entry = await locateEntry({
      files,
      folder,
      handler: declared.handler,
      entryFile: this.#archive.entryFile,
      language: declared.language,
      namesIn: async (modules) => {
        const inPython = modules.filter((file) => languageOfModule(file) === 'python');
        const inJavaScript = modules.filter((file) => languageOfModule(file) !== 'python');
        return new Map([
          ...(await pythonNames(directory, inPython, python, functionEnv)),
          ...(await javaScriptNames(directory, inJavaScript)),
        ]);
      },
    });
    if (entry.kind === 'not located') return { kind: 'failed', reason: entry.reason };
    const { file, language, handler, module, importFolders } = entry;
    return {
      kind: 'code',
      code: {
        language,
        source: `${this.label} (${file})`,
        path: join(directory, file),
        version: shortVersion(sha256),
        handler,
        ...(language === 'python'
          ? { imports: { module, paths: importFolders.map((path) => join(directory, path)) } }
          : {}),
      },
    };
  }
}
