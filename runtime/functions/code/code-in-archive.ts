import { join } from 'node:path';
import type { Config } from '#lib/config';
import { shortVersion } from '#lib/functions/versions';
import type { Language } from '#lib/schemas/function';
import type { Code } from './code.ts';
import { javaScriptNames } from './javascript-names.ts';
import { locateEntry } from './locate-entry.ts';
import { languageOfModule } from './module-files.ts';
import { pythonNames } from './python-names.ts';
import type { Unpacked } from './unpack.ts';

type Question = {
  handler: string;
  /** The module that has it, where somebody named one. */
  entry: string | null;
  language: Language | null;
  /** How people recognise the archive. */
  label: string;
};

/** Finds the module of an unpacked archive that has the handler, without running any; or says why there is none. */
export async function codeInArchive(
  { directory, files, folder, sha256 }: Unpacked,
  { handler: wanted, entry: entryFile, language: only, label }: Question,
  { python, functionEnv }: Pick<Config, 'python' | 'functionEnv'>,
): Promise<{ code: Code } | { reason: string }> {
  const entry = await locateEntry({
    files,
    folder,
    handler: wanted,
    entryFile: entryFile ?? undefined,
    language: only ?? undefined,
    namesIn: async (modules) => {
      const inPython = modules.filter((file) => languageOfModule(file) === 'python');
      const inJavaScript = modules.filter((file) => languageOfModule(file) !== 'python');
      return new Map([
        ...(await pythonNames(directory, inPython, python, functionEnv)),
        ...(await javaScriptNames(directory, inJavaScript)),
      ]);
    },
  });
  if (entry.kind === 'not located') return { reason: entry.reason };
  const { file, language, handler, module, importFolders } = entry;
  const code: Code = {
    language,
    source: `${label} (${file})`,
    path: join(directory, file),
    version: shortVersion(sha256),
    handler,
  };
  if (language !== 'python') return { code };
  return { code: { ...code, imports: { module, paths: importFolders.map((path) => join(directory, path)) } } };
}
