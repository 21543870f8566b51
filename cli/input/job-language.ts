import { extname } from 'node:path';
import type { JobLanguage } from '#lib/schemas/job';
import { UsageError } from '../failure.ts';
import { STDIN } from './read-input.ts';

const BY_ENDING: Record<string, JobLanguage> = {
  '.py': 'python',
  '.js': 'node',
  '.mjs': 'node',
  '.cjs': 'node',
  '.sh': 'bash',
  '.bash': 'bash',
};

const BY_PROGRAM: [pattern: RegExp, language: JobLanguage][] = [
  [/^python[\d.]*$/, 'python'],
  [/^(node|nodejs)$/, 'node'],
  [/^(ba|da)?sh$/, 'bash'],
];

/** The language of a script: from the ending of its name, or the program in its first line; on standard input Python, else. */
export function jobLanguageOf(file: string, code: string): JobLanguage {
  const language = BY_ENDING[extname(file).toLowerCase()] ?? fromFirstLine(code);
  if (language !== undefined) return language;
  if (file === STDIN) return 'python';
  throw new UsageError(`The language of ${file} cannot be told from its name or first line: say it with --language`);
}

/** "#!/usr/bin/env -S python3 -u", "#!/bin/bash". */
function fromFirstLine(code: string): JobLanguage | undefined {
  const [program = ''] = /^#!\s*(.*)/.exec(code)?.slice(1) ?? [];
  const words = program.split(/\s+/).map((word) => word.split('/').at(-1) ?? '');
  const name = words.find((word) => word !== 'env' && !word.startsWith('-') && !word.includes('=')) ?? '';
  return BY_PROGRAM.find(([pattern]) => pattern.test(name))?.[1];
}
