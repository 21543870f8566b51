import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { visibleFiles } from './visible-files.ts';
import { writeReadable } from './write-readable.ts';

const ETC = '/etc';

/** What a job is told of users and hosts. `resolv.conf` is only the place for that of the machine. */
const OWN = {
  passwd: 'nobody:x:65534:65534:nobody:/tmp:/usr/sbin/nologin\n',
  group: 'nogroup:x:65534:\n',
  hosts: '127.0.0.1 localhost job\n::1 localhost\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
  'resolv.conf': '',
};

/** Fills a folder that a job sees as /etc: one mount then stands for many, and each would cost a job some 0.15 ms. */
export function makeOwnEtc(folder: string): void {
  const makeFolder = (path: string): void => {
    if (path === folder) return;
    makeFolder(dirname(path));
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  };
  for (const { kind, path } of visibleFiles(false).filter(({ path }) => path.startsWith(ETC))) {
    const inside = join(folder, relative(ETC, path));
    makeFolder(kind === 'file' ? dirname(inside) : inside);
    if (kind !== 'file') continue;
    copyFileSync(path, inside);
    chmodSync(inside, 0o444);
  }
  for (const [name, text] of Object.entries(OWN)) writeReadable(join(folder, name), text);
}
