import type { Language } from '#lib/schemas/function';

/** Both run in the same host, and either may import the other. */
type Family = 'python' | 'javascript';

const ENDINGS: readonly { ending: string; language: Language; family: Family; index: string }[] = [
  { ending: '.py', language: 'python', family: 'python', index: '__init__.py' },
  { ending: '.js', language: 'javascript', family: 'javascript', index: 'index.js' },
  { ending: '.mjs', language: 'javascript', family: 'javascript', index: 'index.mjs' },
  { ending: '.cjs', language: 'javascript', family: 'javascript', index: 'index.cjs' },
  { ending: '.ts', language: 'typescript', family: 'javascript', index: 'index.ts' },
  { ending: '.mts', language: 'typescript', family: 'javascript', index: 'index.mts' },
  { ending: '.cts', language: 'typescript', family: 'javascript', index: 'index.cts' },
];

/** The language of a module by its ending; null for what is no module. */
export function languageOfModule(file: string): Language | null {
  if (/\.d\.[cm]?ts$/.test(file)) return null;
  return ENDINGS.find(({ ending }) => file.endsWith(ending))?.language ?? null;
}

export const familyOf = (language: Language): Family => (language === 'python' ? 'python' : 'javascript');

/** The modules of an archive in the chosen language, or in any; without what a package manager has put there. */
export function modulesAmong(files: readonly string[], language: Language | undefined): string[] {
  return files.filter((file) => {
    const own = languageOfModule(file);
    if (own === null || file.split('/').includes('node_modules')) return false;
    return language === undefined || familyOf(own) === familyOf(language);
  });
}

/**
 * The files that a module's name can mean, by what there is: `main`, `main.py`, `package.module`, `package/module`, or a
 * package itself. More than one only when two languages have a module of that name.
 */
export function filesOfModule(name: string, modules: ReadonlySet<string>, folder: string | null): string[] {
  const path = name.replace(/^(\.?\/)+/, '');
  const spellings = languageOfModule(path) === null ? [path, path.replaceAll('.', '/')] : [path];
  for (const base of folder === null ? [''] : [`${folder}/`, '']) {
    for (const spelling of spellings) {
      const found = filesAt(`${base}${spelling}`, modules);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function filesAt(path: string, modules: ReadonlySet<string>): string[] {
  if (modules.has(path)) return [path];
  const firstOf = (family: Family) => {
    const kinds = ENDINGS.filter((kind) => kind.family === family);
    // A package comes before a module of the same name, as in Python's own search.
    const candidates = [
      ...kinds.map(({ index }) => `${path}/${index}`),
      ...kinds.map(({ ending }) => `${path}${ending}`),
    ];
    return candidates.find((candidate) => modules.has(candidate));
  };
  return [firstOf('python'), firstOf('javascript')].filter((file) => file !== undefined);
}
