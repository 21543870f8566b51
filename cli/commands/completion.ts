import * as z from 'zod';
import { type Command, command } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { word } from '../params.ts';

const shell = z.enum(['bash', 'zsh', 'fish']);

const SCRIPTS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Record<z.infer<typeof shell>, (commands: readonly Command[]) => string>;

/** Made of the table that it is itself in. */
export function completionCommand(all: () => readonly Command[]): Command {
  return command({
    name: 'completion',
    summary: 'Write what completes commands in a shell.',
    description:
      'In bash: `source <(vigia completion bash)` in `~/.bashrc`. In zsh: `source <(vigia completion zsh)` in `~/.zshrc`, after ' +
      '`compinit`. In fish: `vigia completion fish > ~/.config/fish/completions/vigia.fish`.',
    words: { shell: word('SHELL', 'Which one.', shell) },
    examples: ['vigia completion bash'],
    async run(_cli, { shell: name }) {
      process.stdout.write(SCRIPTS[name](all()));
      return undefined;
    },
  });
}
