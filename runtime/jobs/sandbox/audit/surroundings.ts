import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { REFUSED } from '../seccomp/refusals.ts';
import { type Architecture, isSupported, numberOf } from '../seccomp/system-calls.ts';

/** What there is to reach outside of the sandbox while it is audited. */
export type Surroundings = AsyncDisposable & {
  /** What every try is told, so that it need not guess. */
  readonly known: {
    secret: string;
    program: string;
    worker: number;
    host: string;
    port: number;
    datagramPort: number;
    socketPath: string;
    abstractName: string;
    calls: Record<string, number>;
    architecture: string;
  };
  /** How many connections and datagrams have come. */
  contacts(): number;
  secretIsUntouched(): boolean;
};

const SECRET = 'what no job may read';

/** Sets out a file, listeners of each kind, and a process to signal: the worker itself. */
export async function makeSurroundings(program: string): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-audit-'));
  // Open to everybody, so that nothing but the sandbox is in the way.
  chmodSync(folder, 0o777);
  const secret = join(folder, 'secret');
  writeFileSync(secret, SECRET);
  chmodSync(secret, 0o666);
  let contacts = 0;
  const listen = async (where: { port: number; host: string } | { path: string }): Promise<Server> => {
    const server = createServer((socket) => {
      contacts++;
      // Whoever got through is killed before it reads.
      socket.on('error', () => {});
      socket.end('+PONG\r\n');
    });
    server.listen(where);
    await once(server, 'listening');
    return server;
  };
  const socketPath = join(folder, 'socket');
  const abstractName = basename(folder);
  const tcp = await listen({ port: 0, host: '127.0.0.1' });
  const servers = [tcp, await listen({ path: socketPath }), await listen({ path: `\0${abstractName}` })];
  chmodSync(socketPath, 0o777);
  const datagrams = createSocket('udp4', () => void contacts++).bind(0, '127.0.0.1');
  await once(datagrams, 'listening');
  const address = tcp.address();
  return {
    known: {
      secret,
      program,
      worker: process.pid,
      host: hostname(),
      port: address !== null && typeof address === 'object' ? address.port : 0,
      datagramPort: datagrams.address().port,
      socketPath,
      abstractName,
      calls: isSupported(process.arch) ? refusedCalls(process.arch) : {},
      architecture: process.arch,
    },
    contacts: () => contacts,
    secretIsUntouched: () => readFileSync(secret, 'utf8') === SECRET,
    async [Symbol.asyncDispose]() {
      for (const server of servers) server.close();
      datagrams.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function refusedCalls(architecture: Architecture): Record<string, number> {
  const numbers = Object.values(REFUSED)
    .flat()
    .map((call) => [call, numberOf(call, architecture)] as const);
  return Object.fromEntries(numbers.filter((entry): entry is [(typeof entry)[0], number] => entry[1] !== null));
}
