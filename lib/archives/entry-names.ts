import { RefusedArchive } from './refusal.ts';

const MAX_NAME_BYTES = 240;
/** Folders that names merely imply count as well. */
const MAX_FOLDERS = 2_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes the names and refuses the first that could leave its folder, or that could stand for another one's file. */
export function checkNames(raw: readonly Buffer[]): string[] {
  const names = raw.map(checkName);
  const taken = new Map<string, Taken>();
  let folders = 0;
  for (const name of names) {
    const isFolder = name.endsWith('/');
    const parts = (isFolder ? name.slice(0, -1) : name).split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      if (take(taken, { path: parts.slice(0, depth).join('/'), as: 'implied folder' }, name)) folders++;
    }
    if (take(taken, { path: parts.join('/'), as: isFolder ? 'folder' : 'file' }, name) && isFolder) folders++;
    if (folders > MAX_FOLDERS) throw new RefusedArchive(`more than ${MAX_FOLDERS} folders`, name);
  }
  return names;
}

function checkName(raw: Buffer): string {
  const refuse = (rule: string): never => {
    throw new RefusedArchive(rule, raw.toString('utf8'));
  };
  if (raw.length === 0) return refuse('an empty name');
  if (raw.length > MAX_NAME_BYTES) return refuse(`a name longer than ${MAX_NAME_BYTES} bytes`);
  const name = decoded(raw) ?? refuse('a name that is not UTF-8');
  if (name.includes('\0')) return refuse('a NUL in the name');
  if (/\p{Cc}/u.test(name)) return refuse('a control character in the name');
  if (name.includes('\\')) return refuse('a "\\" in the name');
  if (name.startsWith('/')) return refuse('an absolute name');
  if (/^[a-z]:/i.test(name)) return refuse('a drive letter in the name');
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  if (parts.includes('..')) return refuse('".." in the name');
  if (parts.some((part) => part === '' || part === '.')) return refuse('an empty part or "." in the name');
  return name;
}

function decoded(raw: Buffer): string | null {
  try {
    return utf8.decode(raw);
  } catch {
    return null;
  }
}

type Taken = { path: string; as: 'file' | 'folder' | 'implied folder' };

/** Whether the path is new. A folder may be implied by many names and stand in the list once itself. */
function take(taken: Map<string, Taken>, wanted: Taken, entry: string): boolean {
  const key = folded(wanted.path);
  const there = taken.get(key);
  if (there === undefined) {
    taken.set(key, wanted);
    return true;
  }
  if (there.path !== wanted.path) {
    const same = there.path.normalize('NFC') === wanted.path.normalize('NFC');
    throw new RefusedArchive(`its name differs from ${there.path} only in ${same ? 'Unicode form' : 'case'}`, entry);
  }
  if ((there.as === 'file') !== (wanted.as === 'file')) throw new RefusedArchive('both a file and a folder', entry);
  if (there.as === wanted.as && wanted.as !== 'implied folder')
    throw new RefusedArchive('its name is there twice', entry);
  if (wanted.as === 'folder') taken.set(key, wanted);
  return false;
}

/** Equal for names that are one file on a file system which ignores case or Unicode form. */
function folded(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
