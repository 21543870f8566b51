import { versionReading } from '#lib/schemas/api';
import type { ApiClient } from '../../api/client.ts';
import type { Cli } from '../../cli.ts';
import { EXIT } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { pause } from '../../pause.ts';
import { versionTable } from './function-views.ts';

const PATIENCE_MS = 60_000;
const LOOK_MS = 250;

/** Waits until a version is live, and shows it; one that does not load says why. */
export async function untilLive(cli: Cli, api: ApiClient, name: string, number: number): Promise<number> {
  const signal = cli.interruptible(`Version ${number} stays deployed`);
  // What it did when it was deployed before is not what it does now.
  const known = (await readVersion(api, name, number)).failure;
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS; ) {
    const version = await readVersion(api, name, number);
    if (version.isLive) {
      await cli.out.show(version, versionTable([version]));
      return EXIT.ok;
    }
    if (version.failure !== null && version.failure !== known) {
      await cli.out.show(version, () => '');
      cli.out.say(`vigia: version ${number} does not load: ${version.failure.message}`);
      cli.out.text('stderr', version.failure.traceback ?? '');
      return EXIT.failed;
    }
    await pause(LOOK_MS, signal);
  }
  throw new Failure(
    EXIT.failed,
    `Version ${number} has not come to run in ${PATIENCE_MS / 1_000} s: is a runtime there?`,
  );
}

async function readVersion(api: ApiClient, name: string, number: number) {
  return (await api.call('GET', `/functions/${name}/versions/${number}`, versionReading)).version;
}
