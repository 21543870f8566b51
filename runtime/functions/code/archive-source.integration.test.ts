import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { archiveOf } from '../../../e2e/support/archives.ts';
import { scratchFolder } from '../../../e2e/support/scratch-folder.ts';
import { codeOf, env, flat, says } from './archive-source.fixture.ts';
import { ArchiveSource } from './archive-source.ts';

const { folder: scratch } = scratchFolder();
let made = 0;
const newFolder = () => join(scratch, `${++made}`);

describe('where an archive may be', () => {
  async function lookAt(settings: Record<string, string>, home = newFolder()) {
    const config = loadConfig({ ...env, VIGIA_HOME: home, ...settings });
    return await codeOf(config);
  }

  test('base64 in lines, with spaces, url-safe or as a data: URL', async () => {
    const bytes = await archiveOf(flat, newFolder());
    const text = bytes.toString('base64');
    const lines = text.replace(/.{76}/g, '$&\r\n');
    for (const spelling of [
      text,
      lines,
      ` ${lines}\n`,
      `data:application/zip;base64,${text}`,
      bytes.toString('base64url'),
    ]) {
      expect(await lookAt({ FUNCTION_ZIP_BASE64: spelling })).toMatchObject({
        kind: 'code',
        code: { source: 'FUNCTION_ZIP_BASE64 (main.py)', version: expect.stringMatching(/^[0-9a-f]{7}$/) },
      });
    }
  });

  test('a mounted file', async () => {
    const folder = newFolder();
    await archiveOf(flat, folder);
    const path = join(folder, 'code.zip');
    expect(await lookAt({ ZIP_PATH: path })).toMatchObject({ kind: 'code', code: { source: `${path} (main.py)` } });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['not base64', { FUNCTION_ZIP_BASE64: 'not%base64' }, /^not base64$/],
    ['not a zip', { FUNCTION_ZIP_BASE64: Buffer.from('hello').toString('base64') }, /^not a zip archive$/],
    ['no file', { FUNCTION_ZIP: join(scratch, 'missing.zip') }, /ENOENT/],
    ['a folder', { FUNCTION_ZIP: scratch }, /^not a file$|EISDIR/],
    ['a device', { FUNCTION_ZIP: '/dev/zero' }, /^not a file$/],
    ['file:', { FUNCTION_ZIP: 'file:///etc/passwd' }, /^file: is not accepted/],
    ['the metadata service', { FUNCTION_ZIP: 'http://169.254.169.254/x' }, /is a cloud's metadata service/],
  ])('%s says why not', async (_case, settings, reason) => {
    expect(await lookAt(settings)).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
  });

  test('a changed file is a new version, the same one is not', async () => {
    const folder = newFolder();
    const path = join(folder, 'code.zip');
    await archiveOf({ 'main.py': says('one') }, folder);
    const { archive } = loadConfig({ ...env, VIGIA_HOME: folder, FUNCTION_ZIP: path }).function;
    if (archive === undefined) throw new Error('no archive is declared');
    const source = new ArchiveSource(archive);
    const { signal } = new AbortController();
    const first = await source.look(signal);
    expect(first.kind).toBe('found');
    expect(await source.look(signal)).toEqual({ kind: 'unchanged' });
    const next = await archiveOf({ 'main.py': says('two') }, join(folder, 'next'));
    writeFileSync(path, next);
    expect(await source.look(signal)).toMatchObject({ kind: 'found', bytes: next });
  });
});
