import { hash } from 'node:crypto';
import { checkArchive } from '#lib/archives/check-archive';
import { describeRefusal } from '#lib/archives/refusal';
import { messageOf } from '#lib/errors';
import { archiveBytes, type DeclaredArchive, labelOf } from './archive-bytes.ts';

/** What a look at an archive finds. `failed` says why in words for its owner. */
export type Look =
  | { kind: 'found'; bytes: Buffer; sha256: string }
  | { kind: 'unchanged' }
  | { kind: 'failed'; reason: string };

/** The archive that the environment declares. Every look finds its newest version, if that is a good archive. */
export class ArchiveSource {
  readonly label: string;
  /** A file on this machine, which tells by itself when it changes. */
  readonly path: string | null;
  /** Whether another look may find something else. */
  readonly canChange: boolean;
  readonly #archive: DeclaredArchive;
  #last: { etag: string | undefined; sha256: string } | null = null;

  constructor(archive: DeclaredArchive) {
    this.#archive = archive;
    this.label = labelOf(archive);
    this.canChange = archive.location !== undefined;
    this.path = archive.location !== undefined && this.label === archive.location ? archive.location : null;
  }

  async look(signal: AbortSignal): Promise<Look> {
    try {
      return await this.#look(signal);
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error) };
    }
  }

  async #look(signal: AbortSignal): Promise<Look> {
    const fetched = await archiveBytes(this.#archive, { etag: this.#last?.etag, signal });
    switch (fetched.kind) {
      case 'refused':
        return { kind: 'failed', reason: fetched.rule };
      case 'failed':
        return fetched;
      case 'unchanged':
        return this.#last === null ? { kind: 'failed', reason: 'HTTP 304' } : fetched;
      case 'fetched':
        return await this.#judge(fetched.bytes, fetched.etag);
    }
  }

  async #judge(bytes: Buffer, etag: string | undefined): Promise<Look> {
    const sha256 = hash('sha256', bytes);
    if (sha256 === this.#last?.sha256) {
      this.#last = { etag, sha256 };
      return { kind: 'unchanged' };
    }
    const checked = await checkArchive(bytes);
    if (checked.kind === 'refused') return { kind: 'failed', reason: describeRefusal(checked) };
    this.#last = { etag, sha256 };
    return { kind: 'found', bytes, sha256 };
  }
}
