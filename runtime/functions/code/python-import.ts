/** How Python is to import a file of an archive. */
export type PythonImport = {
  /** The dotted name of a module in a package, so that its relative imports work; null for a module of its own. */
  module: string | null;
  /** Folders in which imports are looked for, relative to the archive. */
  importFolders: string[];
};

/**
 * A file below an `__init__.py` is part of that package and is imported under its full name. So is one whose dotted name
 * was given. Any other is a module of its own, which finds its neighbours as a script would.
 */
export function howToImport(
  file: string,
  files: ReadonlySet<string>,
  folder: string | null,
  dottedName: string | null,
): PythonImport {
  const root = folder ?? '';
  const own = parentOf(file);
  // The archive itself has no name, so what lies at its top is in no package.
  const packaged = own !== '' && files.has(inFolder(own, '__init__.py'));
  const parts = dottedName?.split('.').length ?? 1;
  const top = packaged ? topPackage(own, files) : parts > 1 ? climb(file, parts) : own;
  const module = packaged || parts > 1 ? dotted(file, top) : null;
  const first = module === null ? [own, root, ''] : [root, top, ''];
  return { module, importFolders: [...new Set(first)] };
}

/** The folder that holds the outermost package around this one. */
function topPackage(own: string, files: ReadonlySet<string>): string {
  let at = own;
  while (at !== '' && files.has(inFolder(at, '__init__.py'))) at = parentOf(at);
  return at;
}

/** The folder from which a file's dotted name starts. */
function climb(file: string, parts: number): string {
  const steps = file.split('/');
  const depth = file.endsWith('/__init__.py') ? parts + 1 : parts;
  return steps.slice(0, -depth).join('/');
}

function dotted(file: string, top: string): string | null {
  const parts = file
    .slice(top === '' ? 0 : top.length + 1)
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .split('/');
  // A folder called "v1.2" has no dotted name.
  return parts.some((part) => part.includes('.') || part === '__init__') ? null : parts.join('.');
}

const parentOf = (path: string): string => path.split('/').slice(0, -1).join('/');
const inFolder = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
