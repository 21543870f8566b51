import * as z from 'zod';
import { deployed, deployment } from '#lib/schemas/api';
import { language } from '#lib/schemas/function';
import { functionName } from '#lib/schemas/name';
import type { ApiClient } from '../../api/client.ts';
import { command } from '../../command.ts';
import { digits, flag, value, word } from '../../params.ts';
import { type Code, readCode } from './code-file.ts';
import { ifMatch } from './if-match.ts';
import { untilLive } from './until-live.ts';

export const deploy = command({
  name: 'functions deploy',
  summary: 'Deploy code as a new version, which goes live when it has loaded; for admins.',
  description:
    'A folder is sent as an archive of what is in it, without names that begin with a dot, `__pycache__` and `node_modules`. An ' +
    'address is fetched by the server.',
  words: {
    name: word('NAME', 'The function.', functionName),
    source: word('SOURCE', 'A file, a folder, a zip archive, an `https://` address of one, or `-`.', z.string(), {
      files: true,
    }),
  },
  options: {
    message: value('TEXT', 'What has changed, for the list of versions.', deployment.shape.message.unwrap(), {
      short: 'm',
    }),
    language: value('LANGUAGE', 'Unless the name of the file tells it.', language, { short: 'l' }),
    entry: value('MODULE', 'The module of an archive that has the handler.', z.string().min(1)),
    'fresh-env': flag('Start with an empty `env` instead of the last one.'),
    'if-revision': value('N', 'Only if the settings are still at this revision.', digits(z.int())),
    wait: flag('Wait until it is live; 1 when it does not load.', { short: 'w' }),
  },
  shows: true,
  examples: [
    'vigia functions deploy default handler.py -m "Average over 60 s" --wait',
    'vigia functions deploy default ./my-function --entry main',
    'vigia functions deploy default https://example.org/function.zip',
  ],
  async run(cli, { name, source }, { 'fresh-env': freshEnv, 'if-revision': revision, wait, ...about }) {
    const code = await readCode(source, about.language);
    const api = await cli.api();
    const made = await send(api, name, code, { ...about, freshEnv, headers: ifMatch(revision) });
    if (wait) return await untilLive(cli, api, name, made.version);
    await cli.out.show(made, () => `Version ${made.version} of ${name} goes live when it has loaded\n`);
    return undefined;
  },
});

type About = {
  message: string | undefined;
  language: z.infer<typeof language> | undefined;
  entry: string | undefined;
  freshEnv: boolean;
  headers: Record<string, string>;
};

async function send(api: ApiClient, name: string, code: Code, { headers, ...about }: About) {
  const path = `/functions/${name}/versions`;
  if (code.kind === 'archive') {
    const query = { ...about, freshEnv: `${about.freshEnv}` };
    return await api.call('POST', path, deployed, { archive: code.bytes, query, headers });
  }
  const { kind: _, ...given } = code;
  return await api.call('POST', path, deployed, { json: { ...about, ...given }, headers });
}
