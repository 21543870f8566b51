import type { Config } from '#lib/config';
import { ArchiveDeployment } from './archive-deployment.ts';
import { ArchiveKeeper } from './archive-keeper.ts';
import { ArchiveSource } from './code/archive-source.ts';
import type { Machinery } from './start-function.ts';

type Archive = NonNullable<Config['function']['archive']>;

/** Runs the declared function from its archive, and follows the archive's changes. */
export function runArchive(archive: Archive, machinery: Machinery): AsyncDisposable {
  const { config, log } = machinery.ctx;
  const stack = new AsyncDisposableStack();
  const source = new ArchiveSource(archive, config);
  const deployment = stack.use(new ArchiveDeployment(source.label, machinery));
  stack.use(new ArchiveKeeper({ source, refreshMs: archive.refreshMs, deployment, log }));
  return stack;
}
