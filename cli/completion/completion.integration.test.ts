import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const execute = promisify(execFile);

/** What bash offers for the last word of a line. */
async function offered(...words: string[]): Promise<string[]> {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const script = `${bashCompletion(commands)}
complete -p vigia >/dev/null || exit 1
COMP_WORDS=(vigia ${typed}); COMP_CWORD=${words.length}
_vigia; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await execute('bash', ['--norc', '-c', script], { cwd: import.meta.dirname });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash completes commands, options, and what may stand as their values', async () => {
  expect(await offered('')).toEqual([
    'login',
    'logout',
    'whoami',
    'jobs',
    'functions',
    'users',
    'status',
    'completion',
  ]);
  expect(await offered('jobs', 's')).toEqual(['submit']);
  expect(await offered('jobs', 'submit', '--f')).toEqual(['--follow']);
  expect(await offered('jobs', 'list', '--status', '')).toEqual(['WAITING', 'RUNNING', 'DONE', 'ERROR']);
  expect(await offered('jobs', 'list', '-o', 'y')).toEqual(['yaml']);
  expect(await offered('jobs', 'g')).toEqual(['get']);
  expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  expect(await offered('jobs', 'submit', 'ba')).toEqual(['bash.ts']);
  expect(await offered('jobs', 'submit', '--input', 'ba')).toEqual(['bash.ts']);
  expect(await offered('jobs', 'submit', '--key', '')).toEqual([]);
});

const has = (shell: string) => {
  try {
    execFileSync(shell, ['-c', 'true']);
    return true;
  } catch {
    return false;
  }
};

test.skipIf(!has('zsh'))('zsh can read its completion', async () => {
  await execute('zsh', ['-f', '-c', `autoload -U compinit; compinit -D; ${zshCompletion(commands)}`]);
});

test.skipIf(!has('fish'))('fish completes commands and the values of options', async () => {
  const script = `${fishCompletion(commands)}\ncomplete -C 'vigia jobs s'; complete -C 'vigia jobs list --status W'`;
  const { stdout } = await execute('fish', ['--no-config', '-c', script]);
  expect(stdout).toMatch(/^submit\t[\s\S]+^WAITING/m);
});
