import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';

export type RedisServer = AsyncDisposable & { url: string; port: number; pid: number };

type RedisServerOptions = {
  /** A free loopback port unless given; give the old one to bring a server back after its death. */
  port?: number;
  /** Further arguments, such as `['--appendonly', 'yes', '--dir', folder]`. */
  args?: readonly string[];
};

const PROGRAMS = ['redis-server', 'valkey-server'];

/** A free port can be taken between finding and using it. */
const TRIES = 5;

/**
 * A real, empty Redis on loopback that keeps nothing on disk. It is ready when this returns, and is killed when it is
 * disposed of or when the test process ends.
 */
export async function startRedis({ port, args = [] }: RedisServerOptions = {}): Promise<RedisServer> {
  const failures: string[] = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const chosen = port ?? (await freePort());
    for (const program of PROGRAMS) {
      const outcome = await launch(program, chosen, args);
      if ('server' in outcome) return outcome.server;
      failures.push(`${program}: ${outcome.failure}`);
    }
  }
  throw new Error(`no Redis for this test:\n${failures.join('\n')}`);
}

async function launch(
  program: string,
  port: number,
  args: readonly string[],
): Promise<{ server: RedisServer } | { failure: string }> {
  const child = spawn(
    program,
    ['--bind', '127.0.0.1', '--port', `${port}`, '--save', '', '--appendonly', 'no', '--dir', tmpdir(), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  const output: string[] = [];
  const failure = await Promise.race([readyLine(child, output), ended]);
  if (failure !== undefined || child.pid === undefined) {
    return { failure: [failure, ...output.slice(-3)].join('\n  ') };
  }
  const killWithParent = () => child.kill('SIGKILL');
  process.once('exit', killWithParent);
  return {
    server: {
      url: `redis://127.0.0.1:${port}`,
      port,
      pid: child.pid,
      async [Symbol.asyncDispose]() {
        process.off('exit', killWithParent);
        child.kill('SIGKILL');
        await ended;
      },
    },
  };
}

/** Resolves when the server says that it serves; goes on reading, so that its output never blocks it. */
function readyLine(child: ChildProcess, output: string[]): Promise<undefined> {
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        if (output.push(line) > 50) output.shift();
        if (line.includes('Ready to accept connections')) resolve(undefined);
      });
    }
  });
}

/** A TCP port of 127.0.0.1 that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}
