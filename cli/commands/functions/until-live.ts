import { versionList } from '#lib/schemas/api';
import { BUILT_IN, type ListedVersion } from '#lib/schemas/record';
import type { ApiClient } from '../../api/client.ts';
import type { Cli } from '../../cli.ts';
import { EXIT } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { pause } from '../../pause.ts';
import { versionTable } from './function-views.ts';

const PATIENCE_MS = 60_000;
const LOOK_MS = 250;

/** A version by its number; that of the built-in function may have none before it first runs. */
export type AwaitedVersion = number | typeof BUILT_IN;

/** Waits until a version is live, and shows it; one that does not load says why. */
export async function untilLive(cli: Cli, api: ApiClient, name: string, awaited: AwaitedVersion): Promise<number> {
  const called = awaited === BUILT_IN ? 'The built-in function' : `Version ${awaited}`;
  const signal = cli.interruptible(`${called} stays deployed`);
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS; ) {
    const version = await findVersion(api, name, awaited);
    if (version?.isLive) {
      await cli.out.show(version, versionTable([version]));
      return EXIT.ok;
    }
    if (version !== undefined && version.failure !== null) {
      const { message, traceback = '' } = version.failure;
      await cli.out.show(version, () => '');
      cli.out.say(`vigia: ${called} does not load: ${message}`);
      cli.out.text('stderr', traceback);
      return EXIT.failed;
    }
    await pause(LOOK_MS, signal);
  }
  throw new Failure(EXIT.failed, `${called} has not come to run in ${PATIENCE_MS / 1_000} s: is a runtime there?`);
}

async function findVersion(api: ApiClient, name: string, awaited: AwaitedVersion): Promise<ListedVersion | undefined> {
  const { versions } = await api.call('GET', `/functions/${name}/versions`, versionList);
  return versions.find(({ number, source }) => (awaited === BUILT_IN ? source === BUILT_IN : number === awaited));
}
