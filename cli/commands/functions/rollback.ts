import * as z from 'zod';
import { type SettingsReading, settingsReading } from '#lib/schemas/api';
import { functionName } from '#lib/schemas/name';
import { BUILT_IN } from '#lib/schemas/record';
import { command } from '../../command.ts';
import { EXIT } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { digits, flag, value, word } from '../../params.ts';
import { ifMatch } from './if-match.ts';
import { type AwaitedVersion, untilLive } from './until-live.ts';

const DEPLOYMENT = 'deployment';

const target = z.union([z.literal(DEPLOYMENT), digits(z.int().min(1))], {
  error: `must be the number of a version, or ${DEPLOYMENT}`,
});

export const rollback = command({
  name: 'functions rollback',
  summary: 'Go back to an earlier version; for admins.',
  words: {
    name: word('NAME', 'The function.', functionName),
    version: word('VERSION', `Its number, or \`${DEPLOYMENT}\` for what the deployment says.`, target),
  },
  options: {
    'fresh-env': flag('Start with an empty `env` instead of the last one.'),
    'if-revision': value('N', 'Only if the settings are still at this revision.', digits(z.int())),
    wait: flag('Wait until it is live; 1 when it does not load.', { short: 'w' }),
  },
  shows: true,
  examples: ['vigia functions rollback default 3 --wait', 'vigia functions rollback default deployment'],
  async run(cli, { name, version }, { 'fresh-env': freshEnv, 'if-revision': revision, wait }) {
    const api = await cli.api();
    const json = { version: version === DEPLOYMENT ? null : version, freshEnv };
    const headers = ifMatch(revision);
    const read = await api.call('POST', `/functions/${name}/rollback`, settingsReading, { json, headers });
    if (wait) return await untilLive(cli, api, name, json.version ?? declaredVersion(read));
    const what = json.version === null ? 'What the deployment says' : `Version ${json.version} of ${name}`;
    await cli.out.show(read, () => `${what} goes live when it has loaded\n`);
    return undefined;
  },
});

/** What runs where no person has chosen a version. */
function declaredVersion({ code: { deployment } }: SettingsReading): AwaitedVersion {
  const { version, standIn, problem } = deployment ?? { version: null, standIn: null, problem: null };
  const number = version ?? standIn;
  if (number === null && problem !== null) {
    throw new Failure(EXIT.failed, `The code of the deployment cannot be had: ${problem}`);
  }
  return number ?? BUILT_IN;
}
