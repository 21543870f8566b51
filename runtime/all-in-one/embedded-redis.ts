import { mkdirSync } from 'node:fs';
import { ConfigError } from '#lib/config';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import { type Child, describeExit, startChild } from '#runtime/supervise/child';
import { findExecutable } from '#runtime/supervise/find-executable';
import { keepAlive } from '#runtime/supervise/keep-alive';
import { readLines } from '#runtime/supervise/log-lines';
import { FullDisk } from './full-disk.ts';
import { pidIn } from './home.ts';
import { preferPort } from './port.ts';
import { embeddedUrl, isRedis, notePort, redisFolder, redisPidFile } from './running-redis.ts';

const HOST = '127.0.0.1';
const PROGRAMS = ['redis-server', 'valkey-server'];
const START_MS = 30_000;
/** Redis writes its last state within this time; its log is safe in any case. */
const STOP_MS = 4_000;

export type EmbeddedRedis = AsyncDisposable & { url: string };

type Options = {
  home: string;
  preferredPort: number;
  environment: Readonly<Record<string, string>>;
  log: Log;
};

/**
 * A Redis of our own on loopback, whose data lies under the home folder. Every write is on the disk before it is
 * acknowledged (its rate is tiny), and when it dies it is started again on the same port; see {@link FullDisk}.
 */
export async function startEmbeddedRedis({ home, preferredPort, environment, log }: Options): Promise<EmbeddedRedis> {
  const path = environment.PATH ?? '';
  const program = PROGRAMS.find((name) => findExecutable(name, path) !== null);
  if (program === undefined) {
    throw new ConfigError(['redis-server is not installed: install it, or set REDIS_URL to a Redis of your own']);
  }
  const folder = redisFolder(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await endOrphan(folder, log);
  const port = await preferPort(HOST, preferredPort);
  notePort(folder, port);
  const stop = new AbortController();
  const first = Promise.withResolvers<void>();
  const disk = new FullDisk(embeddedUrl(port), log);
  const kept = keepAlive({
    name: 'Redis',
    async start() {
      const starting = startServer({ program, folder, port, path, log, disk });
      starting.catch(first.reject);
      return await starting;
    },
    started(child) {
      first.resolve();
      disk.watch(child);
    },
    graceMs: STOP_MS,
    signal: stop.signal,
    log,
  });
  const stopped = async () => {
    stop.abort();
    await kept;
  };
  try {
    await first.promise;
  } catch (error) {
    await stopped();
    throw error;
  }
  return { url: embeddedUrl(port), [Symbol.asyncDispose]: stopped };
}

type Server = { program: string; folder: string; port: number; path: string; log: Log; disk: FullDisk };

/** Resolves when the server has read its data and answers. */
async function startServer({ program, folder, port, path, log, disk }: Server): Promise<Child> {
  const child = await startChild({
    command: program,
    args: [
      ...['--bind', HOST, '--port', String(port), '--dir', folder, '--pidfile', redisPidFile(folder)],
      ...['--appendonly', 'yes', '--appendfsync', disk.fsync, '--save', ''],
      ...['--maxmemory-policy', 'noeviction', '--notify-keyspace-events', 'K$'],
    ],
    env: { PATH: path },
    cwd: folder,
    link: 'none',
    ifParentDies: 'SIGTERM',
  });
  const last: string[] = [];
  const ready = Promise.withResolvers<void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    readLines(child[stream], (line) => {
      log.debug(line);
      disk.heard(line);
      if (last.push(line) > 3) last.shift();
      if (line.includes('Ready to accept connections')) ready.resolve();
    });
  }
  const patience = new AbortController();
  const outcome = await Promise.race([
    ready.promise.then(() => null),
    child.exited.then((exit) => `${describeExit(exit)}: ${last.join(' | ')}`),
    pause(START_MS, patience.signal).then(() => `was not ready within ${START_MS / 1000} s`),
  ]);
  patience.abort();
  if (outcome === null) return child;
  await child.terminate(STOP_MS);
  throw new Error(`the embedded Redis ${outcome}`);
}

/** A server whose Vigia was killed, on a system that could not tell it so, still holds the files. */
async function endOrphan(folder: string, log: Log): Promise<void> {
  const file = redisPidFile(folder);
  const pid = pidIn(file);
  if (pid === null || isRedis(pid) !== true) return;
  log.warn({ pid }, 'ending a Redis that an earlier start left behind');
  process.kill(pid, 'SIGTERM');
  const never = new AbortController().signal;
  for (let tries = 0; tries < 100 && pidIn(file) === pid; tries++) await pause(50, never);
}
