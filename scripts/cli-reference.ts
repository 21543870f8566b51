import type { Command } from '../cli/command.ts';
import { commands } from '../cli/commands.ts';
import { ENVIRONMENT } from '../cli/environment.ts';
import { MEANINGS } from '../cli/exit-codes.ts';
import { formatOption, globalOptions } from '../cli/global-options.ts';
import { meaningOf, shownOption, shownWord, usageOf } from '../cli/help/usage.ts';

const INTRODUCTION = `# The command line

\`vigia\` does from a shell what the pages do, as a client of the [API](api.md).

\`\`\`sh
npm link                 # in the folder of Vigia: puts vigia into your PATH; or call ./cli/vigia.js, or npx vigia, there
vigia login --server http://127.0.0.1:3000
vigia jobs submit script.py --input data.csv --follow
\`\`\`

- **Signing in** makes an API token for this machine. It is in \`~/.config/vigia/credentials.json\`, which only you can read, one
  for each server; the password is nowhere. \`VIGIA_TOKEN\` does without the file.
- **The server** is \`--server\`, else \`VIGIA_URL\`, else where you signed in last, else \`http://127.0.0.1:3000\`. A stored token is sent
  to its own server only.
- **stdout is what you asked for,** everything about it is on stderr: errors, that a list is empty, and on a terminal hints. \`-o json\`
  and \`-o yaml\` have what the API answers.
- **What others wrote is harmless to your terminal:** control characters, with them ANSI and OSC sequences, and marks that turn the
  direction of text are shown as escapes such as \`\\x1b\`, in output, tables and errors. In JSON and YAML they are escapes of the same
  value. \`--raw\` writes them as they are: use it for output that goes to a file.
- **Following** goes on where it was when the server restarts or the connection breaks, with nothing missing or twice, for five
  minutes. Ctrl-C leaves the job running and says how to come back. \`--watch\` shows something again whenever it changes: on a
  terminal in its place, with \`-o json\` one line each.

This page is generated: \`npm run docs\` writes it from the commands in \`cli/\`, and a test fails when the two differ.
`;

const EXIT_CODES = `## Exit codes

\`jobs submit\` with \`--wait\` or \`--follow\` ends with the exit code of the job, 128 + n after signal n, or with 124, 125, 130 or 137
when the job did not come to its own end. Other commands, and what goes wrong before there is a job, end with these:
`;

/** The Markdown of `docs/cli.md`. */
export function cliReference(): string {
  const options = Object.entries({ ...globalOptions, ...formatOption });
  return [
    INTRODUCTION,
    EXIT_CODES,
    table(
      ['Code', 'Meaning'],
      MEANINGS.map(([exitCode, meaning]) => [`${exitCode}`, meaning]),
    ),
    '## Environment\n',
    table(
      ['Variable', 'Meaning'],
      Object.entries(ENVIRONMENT).map(([name, meaning]) => [code(name), meaning]),
    ),
    '## Options of every command\n\n`--output` is there where something is shown.\n',
    table(
      ['Option', 'Meaning'],
      options.map(([name, option]) => [code(shownOption(name, option)), meaningOf(option)]),
    ),
    '## Commands\n',
    ...commands.map(commandText),
  ].join('\n');
}

function commandText(command: Command): string {
  const { name, summary, description, words, options, examples } = command;
  const parameters = [
    ...Object.values(words).map((word) => `- \`${shownWord(word)}\`: ${meaningOf(word)}`),
    ...Object.entries(options).map(([name, option]) => `- \`${shownOption(name, option)}\`: ${meaningOf(option)}`),
  ];
  return [
    `### ${name}`,
    '',
    `\`${usageOf(command)}\``,
    '',
    [summary, description].filter((each) => each !== undefined).join(' '),
    '',
    ...(parameters.length === 0 ? [] : [...parameters, '']),
    '```sh',
    ...examples,
    '```',
    '',
  ].join('\n');
}

/** Columns are as wide as the formatter makes them, so that it has nothing to change in the written file. */
function table(header: readonly [string, string], rows: readonly string[][]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [header, widths.map((width) => '-'.repeat(width)), ...rows]
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`)
    .join('');
}

const code = (text: string): string => `\`${text}\``;
