import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Makes named pipes, which Node cannot make itself, that only their owner may open. */
export async function makeFifos(paths: readonly string[]): Promise<void> {
  await run('/usr/bin/mkfifo', ['--mode=0600', '--', ...paths]);
}
