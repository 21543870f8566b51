import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

/** Empty means not set. */
const text = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const variables = z.object({ VIGIA_URL: text, VIGIA_TOKEN: text, XDG_CONFIG_HOME: text });

/** What the command takes from its surroundings, for the documentation too. */
export const ENVIRONMENT = {
  VIGIA_URL: 'The server to talk to, unless `--server` names one.',
  VIGIA_TOKEN: 'An API token, instead of the one that `vigia login` has stored.',
  XDG_CONFIG_HOME: 'Where the folder `vigia` with the credentials is; `~/.config` unless set.',
  NO_COLOR: 'No colours. There are none either where the output is not a terminal.',
} as const;

export type Environment = {
  url: string | undefined;
  token: string | undefined;
  credentialsFile: string;
};

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const { VIGIA_URL, VIGIA_TOKEN, XDG_CONFIG_HOME } = variables.parse(env);
  const folder = XDG_CONFIG_HOME ?? join(homedir(), '.config');
  return { url: VIGIA_URL, token: VIGIA_TOKEN, credentialsFile: join(folder, 'vigia', 'credentials.json') };
}
