import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Interrupted } from '../cli.ts';
import { UsageError } from '../failure.ts';

type Question = { name: string; isSecret: boolean };

/** The answers to some questions: asked on a terminal, secrets without showing them; else the lines of standard input. */
export async function ask(questions: readonly Question[]): Promise<string[]> {
  if (!process.stdin.isTTY) return await answersFromInput(questions);
  const answers: string[] = [];
  for (const question of questions) answers.push(await askOnTerminal(question));
  return answers;
}

async function answersFromInput(questions: readonly Question[]): Promise<string[]> {
  const lines = (await text(process.stdin)).split(/\r?\n/);
  return questions.map(({ name }, index) => {
    const line = lines[index] ?? '';
    if (line === '') throw new UsageError(`${name} is missing: without a terminal, it is a line of standard input`);
    return line;
  });
}

async function askOnTerminal({ name, isSecret }: Question): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: isSecret ? silent : process.stderr, terminal: true });
  // Ctrl-C and Ctrl-D.
  const leave = Promise.withResolvers<never>();
  const end = () => leave.reject(new Interrupted('Nothing was done'));
  line.once('SIGINT', end).once('close', end);
  try {
    if (isSecret) process.stderr.write(`${name}: `);
    return await Promise.race([line.question(isSecret ? '' : `${name}: `), leave.promise]);
  } finally {
    line.removeListener('close', end).close();
    if (isSecret) process.stderr.write('\n');
  }
}
