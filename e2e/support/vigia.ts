import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import type { RedisAddress } from '#lib/redis-address';
import { connectionOptions } from '#lib/redis-connection';
import { note, watchProgram } from './black-box.ts';
import { freePort } from './redis-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'runtime', 'main.ts');

type Process = { pid: number; command: string };

type Ended = { code: number | null; signal: NodeJS.Signals | null; output: string };

/** The whole program, started as `npm start` starts it, with its own ports and home. */
export class Vigia implements AsyncDisposable {
  readonly url: string;
  readonly redisUrl: string;
  readonly redis: Redis;
  readonly home: string;
  readonly #child: ChildProcess;
  readonly #lines: string[];

  private constructor(
    child: ChildProcess,
    lines: string[],
    home: string,
    url: string,
    at: RedisAddress & { url: string },
  ) {
    this.#child = child;
    this.#lines = lines;
    this.home = home;
    this.url = url;
    this.redisUrl = at.url;
    this.redis = new Redis(at.url, { maxRetriesPerRequest: null, ...connectionOptions(at) });
    this.redis.on('error', () => {});
  }

  /** Resolves when it says that it runs. */
  static async start(settings: Record<string, string> = {}): Promise<Vigia> {
    const home = settings.VIGIA_HOME ?? mkdtempSync(join(tmpdir(), 'vigia-e2e-'));
    const [port, redisPort] = [settings.PORT ?? String(await freePort()), String(await freePort())];
    const env = { VIGIA_HOME: home, PORT: port, EMBEDDED_REDIS_PORT: redisPort, ...settings };
    note('Vigia starts');
    const { child, lines } = launch(env);
    const welcomed = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
        lines.push(line);
        if (line.includes('Ctrl-C')) resolve();
      });
    });
    const failed = once(child, 'exit').then(() =>
      Promise.reject(new Error(`Vigia did not start:\n${lines.join('\n')}`)),
    );
    await Promise.race([welcomed, failed]);
    failed.catch(() => {});
    const own = settings.REDIS_HOST
      ? `redis://${settings.REDIS_HOST}:${settings.REDIS_PORT ?? 6379}`
      : settings.REDIS_URL;
    const at = { url: own ?? `redis://127.0.0.1:${redisPort}`, tls: { ca: settings.REDIS_CA } };
    const vigia = new Vigia(child, lines, home, `http://127.0.0.1:${port}`, at);
    watchProgram(vigia);
    note(`Vigia runs at ${vigia.url}`);
    return vigia;
  }

  /** Runs it to its own end: for starts that are refused. */
  static async refused(settings: Record<string, string>): Promise<Ended> {
    const { child, lines } = launch(settings);
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => lines.push(line));
    const [code, signal] = await once(child, 'close');
    return { code, signal, output: lines.join('\n') };
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get output(): string {
    return this.#lines.join('\n');
  }

  /** Every process of this start that still lives: the home folder is in its environment, or it works in there. */
  processes(): Process[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
        const environment = read(`/proc/${pid}/environ`);
        const zombie = / Z /.test(read(`/proc/${pid}/stat`));
        // Redis writes its title over its environment.
        const ours = environment.includes(this.home) || linkOf(`/proc/${pid}/cwd`).startsWith(this.home);
        return ours && !zombie ? [{ pid: Number(pid), command }] : [];
      });
  }

  /** The one process whose command matches. */
  process(pattern: RegExp): Process {
    const found = this.processes().find(({ command }) => pattern.test(command));
    if (found === undefined) throw new Error(`no process like ${pattern} among ${JSON.stringify(this.processes())}`);
    return found;
  }

  /** Sends the signal to the main process, as Ctrl-C does, and waits for its end. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
    const ended = this.#child.exitCode === null && this.#child.signalCode === null ? once(this.#child, 'exit') : null;
    note(`Vigia gets ${signal}`);
    this.#child.kill(signal);
    await ended;
    note('Vigia has ended');
    this.redis.disconnect();
    return { code: this.#child.exitCode, signal: this.#child.signalCode, output: this.output };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    for (const { pid } of this.processes()) kill(pid);
    rmSync(this.home, { recursive: true, force: true });
  }
}

function launch(settings: Record<string, string>): { child: ChildProcess; lines: string[] } {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr ?? process.stdin }).on('line', (line) => lines.push(line));
  return { child, lines };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process ended meanwhile.
    return '';
  }
}
