import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** What programs and their libraries are made of. Not /usr as a whole: applications are installed in /usr/src and the like. */
const FOLDERS = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib',
  '/usr/lib32',
  '/usr/lib64',
  '/usr/libexec',
  '/usr/libx32',
  '/usr/share',
  '/usr/local/bin',
  '/usr/local/lib',
  '/usr/local/lib64',
  '/usr/local/share',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/etc/ssl/certs',
  '/etc/alternatives',
];
const FILES = ['/etc/ld.so.cache', '/etc/localtime', '/etc/ssl/openssl.cnf', '/etc/mime.types'];
/** Only for a job that has a network. */
const RESOLVER_FILES = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf', '/etc/host.conf', '/etc/gai.conf'];

export type Visible =
  | { kind: 'folder' | 'file'; path: string }
  /** A folder that is a link on this machine, as /bin is to usr/bin. */
  | { kind: 'link'; path: string; target: string };

/** The parts of the machine's file tree that jobs may read. */
export function visibleFiles(network: boolean): Visible[] {
  const folders = FOLDERS.filter(existsSync).map((path): Visible => {
    if (lstatSync(path).isSymbolicLink()) return { kind: 'link', path, target: readlinkSync(path) };
    return { kind: 'folder', path };
  });
  const files = [...FILES, ...(network ? RESOLVER_FILES : [])].filter(existsSync);
  return [...folders, ...files.map((path): Visible => ({ kind: 'file', path }))];
}

/** Folders that jobs must not see and would; empty on a machine that is set up well. */
export function exposed(secret: readonly string[]): string[] {
  const shown = visibleFiles(true)
    .filter(({ kind }) => kind === 'folder')
    .map(({ path }) => realpathSync(path) + sep);
  return secret.filter((folder) => shown.some((path) => `${realFolder(folder)}${sep}`.startsWith(path)));
}

/** Where a folder is, or would be if it existed. */
function realFolder(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path)) return realpathSync(path);
  return join(realFolder(dirname(path)), path.slice(dirname(path).length));
}
