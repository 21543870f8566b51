import type { Failure } from '#lib/schemas/function';

/** The line that a failure names last, which is the innermost in both languages' tracebacks; null when it names none. */
export function lineOf({ message, traceback = '' }: Failure): number | null {
  const text = `${message}\n${traceback}`;
  const [python, javascript] = [[...text.matchAll(/line (\d+)/g)].at(-1), /usermodule\.m?[jt]s:(\d+)/.exec(text)];
  const found = javascript?.[1] ?? python?.[1];
  return found === undefined ? null : Number(found);
}
