import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Language } from '#lib/schemas/function';

/** A line of the user's own code; the file is named relative to where the code lies. */
export type Place = { file: string; line: number };

/** `File "/…/main.py", line 3, in handler`, also in the box of an exception group. */
const PYTHON_FRAME = /^[ |+-]*File "([^"\n]+)", line (\d+)/gm;
/** `at handler (file:///…/main.mjs:3:9)`, `at file:///…/main.mjs:3:9`, and `/…/main.cjs:3` above a syntax error. */
const JAVASCRIPT_FRAME = /(?:^|\(|\bat (?:async )?)((?:file:\/\/)?\/[^\n()]*?):(\d+)(?::\d+)?\)?$/gm;

/** Where a failure comes from: the innermost frame of the code below `root`, packages excepted. Null without any. */
export function placeIn(language: Language, traceback: string, root: string): Place | null {
  const isPython = language === 'python';
  const places = [...traceback.matchAll(isPython ? PYTHON_FRAME : JAVASCRIPT_FRAME)].flatMap(
    ([, path = '', line]): Place[] => {
      const file = relative(root, pathOf(path));
      return isOwn(file) ? [{ file, line: Number(line) }] : [];
    },
  );
  // Python names the innermost frame last, V8 first.
  return (isPython ? places.at(-1) : places[0]) ?? null;
}

/** A traceback or message as it would read if the code lay in the reader's own folder. */
export function withoutRoot(text: string, root: string): string {
  return text.replaceAll(`${pathToFileURL(root).href}/`, '').replaceAll(`${root}/`, '');
}

function pathOf(frame: string): string {
  if (!frame.startsWith('file:')) return frame;
  try {
    return fileURLToPath(frame);
  } catch {
    return frame;
  }
}

function isOwn(file: string): boolean {
  const folders = file.split('/');
  return folders[0] !== '..' && !folders.includes('node_modules') && !folders.includes('site-packages');
}
