import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { bashCompletion } from './bash.ts';
import { fishOffers } from './fish.fixture.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const execute = promisify(execFile);

async function lines(shell: string, options: readonly string[], script: string): Promise<string[]> {
  const { stdout, stderr } = await execute(shell, [...options, '-c', script], { cwd: import.meta.dirname });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

const typed = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' ');
const GROUPS = ['login', 'logout', 'whoami', 'jobs', 'functions', 'tokens', 'users', 'status', 'completion'];

/** What bash offers for the last word of a line. */
function offered(...words: string[]): Promise<string[]> {
  const script = `${bashCompletion(commands)}
complete -p vigia >/dev/null || exit 1
COMP_WORDS=(vigia ${typed(words)}); COMP_CWORD=${words.length}
_vigia; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines('bash', ['--norc'], script);
}

test('bash completes commands, options, and what may stand as their values', async () => {
  expect(await offered('')).toEqual(GROUPS);
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

/** What zsh's own functions are asked to offer, as bash reads the script: what surrounds them is the same in both. */
function askedOfZsh(...words: string[]): Promise<string[]> {
  const script = `
compdef() { [[ "$*" == '_vigia vigia' ]]; }
shift() { echo "dropped: $1 of $2"; }
_describe() { printf '%s\\n' "\${next[@]}"; }
_arguments() { printf '%s\\n' "$@" "at: $CURRENT"; }
${zshCompletion(commands)}
words=('' vigia ${typed(words)}); CURRENT=${words.length + 1}
_vigia`;
  return lines('bash', ['--norc'], script);
}

test('zsh is asked to offer commands with what they do, options, and what may stand as their values', async () => {
  const names = async (...words: string[]) => (await askedOfZsh(...words)).map((line) => line.split(':')[0]);
  expect(await names('')).toEqual(GROUPS);
  expect(await askedOfZsh('jobs', '')).toContain(
    'cancel:End a job that waits or runs; done when none of its processes is left.',
  );
  const list = await askedOfZsh('jobs', 'list', '--status', '');
  expect(list).toEqual(expect.arrayContaining(['dropped: 2 of words', 'at: 3']));
  expect(list).toContain('--status[Only those in this state.]:value:(WAITING RUNNING DONE ERROR)');
  expect(await askedOfZsh('jobs', 'submit', '')).toContain('*:word:_files');
  expect(await askedOfZsh('completion', '')).toContain('*:word:(bash zsh fish)');
  expect(await askedOfZsh('nonsense', '')).toEqual(await askedOfZsh(''));
});

test('fish is told of commands, options, and what may stand as their values', () => {
  const offers = (...words: string[]) => fishOffers(fishCompletion(commands), words);
  expect(offers().words).toEqual(GROUPS);
  expect(offers('jobs').words).toEqual(['submit', 'list', 'get', 'logs', 'cancel', 'queue']);
  expect(offers('jobs', 'list').words).toEqual([]);
  expect(offers('jobs', 'list').options.get('--status')).toEqual(['WAITING', 'RUNNING', 'DONE', 'ERROR']);
  expect(offers('users', 'list').options.has('--status')).toBe(false);
  expect(offers('jobs', 'submit').options.get('--input')).toBe('files');
  expect(offers('jobs', 'submit').options.get('--key')).toEqual([]);
  expect(offers('completion').words).toEqual(['bash', 'zsh', 'fish']);
});

const has = (shell: string) => {
  try {
    execFileSync(shell, ['-c', 'true']);
    return true;
  } catch {
    return false;
  }
};

test.skipIf(!has('zsh'))('zsh itself, where there is one, takes its script', async () => {
  await lines('zsh', ['-f'], `autoload -U compinit; compinit -D; ${zshCompletion(commands)}`);
});

test.skipIf(!has('fish'))('fish itself, where there is one, offers the same', async () => {
  const script = `${fishCompletion(commands)}\ncomplete -C 'vigia jobs s'; complete -C 'vigia jobs list --status W'`;
  expect(await lines('fish', ['--no-config'], script)).toEqual([
    expect.stringMatching(/^submit\t/),
    expect.stringMatching(/^WAITING/),
  ]);
});
