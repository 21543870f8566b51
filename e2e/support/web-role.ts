import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { READY } from '#lib/lifecycle';
import { freePort } from './redis-server.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'runtime', 'main.ts');

export type WebRole = AsyncDisposable & { url: string };

/** The front door as a process of its own, as a cluster runs it, on a free port unless one is given; it needs the pages built. */
export async function startWebRole(settings: Record<string, string>): Promise<WebRole> {
  const { PATH, HOME } = process.env;
  const port = settings.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [MAIN, 'web'], {
    env: { PATH, HOME, NODE_ENV: 'production', ...settings, PORT: port },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The front door has ended: ${said}`);
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => message === READY && resolve());
  });
  await Promise.race([ready, ended]);
  const exited = ended.catch(() => {});
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
