import * as z from 'zod';
import { flag, value } from './params.ts';

const outputFormat = z.enum(['table', 'json', 'yaml']);
export type OutputFormat = z.infer<typeof outputFormat>;

/** Of every command. */
export const globalOptions = {
  server: value('URL', 'The server to talk to, instead of the one that you signed in to last.', z.string().min(1)),
  raw: flag('Write control characters as they are, instead of showing them as escapes.'),
  verbose: flag('With an error, say the id of the request, under which the server has it in its log.', { short: 'v' }),
  help: flag('Say how the command is used.', { short: 'h' }),
} as const;

/** Of commands that show something. */
export const formatOption = {
  output: value('FORMAT', 'How to show it; a table unless given.', outputFormat, { short: 'o' }),
} as const;
