import about from '../package.json' with { type: 'json' };
import { Refusal } from './api/refusal.ts';
import { Cli, Interrupted } from './cli.ts';
import { commands } from './commands.ts';
import { readEnvironment } from './environment.ts';
import { EXIT } from './exit-codes.ts';
import { Failure, UsageError } from './failure.ts';
import { commandHelp, groupHelp } from './help/usage.ts';
import { findCommand } from './parse/find-command.ts';
import { parseCall, parseParams } from './parse/parse-call.ts';
import { neutralLine } from './show/neutral.ts';

const argv = process.argv.slice(2);

// Whoever reads us has gone, such as `head`: there is nobody to tell.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(EXIT.ok));

try {
  process.exitCode = await run();
} catch (error) {
  process.exitCode = tell(error);
}

async function run(): Promise<number> {
  const found = findCommand(commands, argv[0] === 'help' ? argv.slice(1) : argv);
  if (found.kind === 'group') {
    const { name, commands: among, unknown } = found;
    if (argv[0] === '--version') {
      process.stdout.write(`${about.version}\n`);
      return EXIT.ok;
    }
    if (unknown !== undefined) {
      const names = among.map((each) => each.name);
      throw new UsageError(`There is no command "${`${name} ${unknown}`.trim()}"`, [`There are: ${names.join(', ')}`]);
    }
    process.stdout.write(groupHelp(name, among));
    return EXIT.ok;
  }
  const { command } = found;
  const { typed, globals } = parseCall(command, argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv);
  if (globals.help) {
    process.stdout.write(commandHelp(command));
    return EXIT.ok;
  }
  return (await command.run(new Cli(readEnvironment(), globals), typed, parseParams)) ?? EXIT.ok;
}

/** "jobs submit ", as far as what was typed names something. */
function namedCommand(): string {
  const found = findCommand(commands, argv);
  const name = found.kind === 'command' ? found.command.name : found.name;
  return name === '' ? '' : `${name} `;
}

/** One clear line, and what belongs to it. */
function tell(error: unknown): number {
  const isVerbose = argv.includes('--verbose') || argv.includes('-v');
  const say = (line: string) => process.stderr.write(`${neutralLine(line)}\n`);
  if (error instanceof Interrupted) {
    if (error.message !== '') say(error.message);
    return error.code;
  }
  if (!(error instanceof Failure)) {
    say(`vigia: ${error instanceof Error ? error.message : String(error)}`);
    if (isVerbose && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return EXIT.broken;
  }
  say(`vigia: ${error.message}`);
  for (const line of error.more) say(`  ${line}`);
  if (error instanceof UsageError) say(`  "vigia ${namedCommand()}--help" says how it is used`);
  if (isVerbose && error instanceof Refusal) say(`  HTTP ${error.status}, request ${error.requestId ?? 'unknown'}`);
  return error.code;
}
