import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { READY } from '#lib/lifecycle';
import { freePort } from './redis-server.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'runtime', 'main.ts');

export type WebRole = AsyncDisposable & {
  url: string;
  pid: number;
  /** Tells it to end, and resolves with its exit code. */
  stop(): Promise<number | null>;
};

/** The front door as a process of its own, as a cluster runs it, on a free port unless one is given; it needs the pages built. */
export async function startWebRole(settings: Record<string, string>): Promise<WebRole> {
  const { PATH, HOME } = process.env;
  const port = settings.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [MAIN, 'web'], {
    env: { PATH, HOME, NODE_ENV: 'production', WEB_GRACE: '0.3', ...settings, PORT: port },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const exited = once(child, 'exit');
  const ended = exited.then(() => {
    throw new Error(`The front door has ended: ${said}`);
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => message === READY && resolve());
  });
  await Promise.race([ready, ended]);
  ended.catch(() => {});
  const stop = async () => {
    child.kill();
    const [code]: (number | null)[] = await exited;
    return code ?? null;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}
