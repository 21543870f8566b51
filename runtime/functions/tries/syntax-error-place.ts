import { join } from 'node:path';
import { startChild } from '#runtime/supervise/child';
import { familyOf, languageOfModule } from '../code/module-files.ts';
import { type Place, placeIn } from './place-in-code.ts';

const PROGRAM = join(import.meta.dirname, 'throw-syntax-error.ts');
const MAX_FILES = 200;
const MAX_OUTPUT = 64 * 1024;
const PATIENCE_MS = 3_000;

/**
 * Where in some JavaScript the syntax error with this message is: V8 keeps that out of the error that an import throws. Null
 * when it cannot be found.
 */
export async function syntaxErrorPlace(
  message: string,
  { root, files }: { root: string; files: readonly string[] },
  env: Readonly<Record<string, string>>,
): Promise<Place | null> {
  const modules = files.filter((file) => {
    const language = languageOfModule(file);
    return language !== null && familyOf(language) === 'javascript';
  });
  const { PATH = '' } = env;
  const child = await startChild({
    command: process.execPath,
    args: ['--experimental-vm-modules', '--no-warnings', PROGRAM, message, ...modules.slice(0, MAX_FILES)],
    env: { PATH },
    cwd: root,
    link: 'none',
    ifParentDies: 'SIGKILL',
  });
  const timer = setTimeout(() => child.kill(), PATIENCE_MS);
  try {
    child.stdout.resume();
    let printed = '';
    for await (const chunk of child.stderr) if (printed.length < MAX_OUTPUT) printed += String(chunk);
    return placeIn('javascript', printed, root);
  } finally {
    clearTimeout(timer);
    child.kill();
  }
}
