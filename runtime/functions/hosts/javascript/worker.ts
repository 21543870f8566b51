/** A worker thread that hosts one function or many: the JavaScript twin of host.py, with the same frames and meanings. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { connect } from 'node:net';
import { workerData } from 'node:worker_threads';
import { encodeFrame, type Frame, FrameReader } from '#runtime/supervise/frames';
import { toHost, toRuntime } from '../protocol.ts';
import type { WorkerOrder } from './control.ts';
import { separateImports } from './own-modules.ts';
import { tagPrints } from './prints.ts';
import { Resident } from './resident.ts';

const FIRST = 1;
const { socket, token }: WorkerOrder = workerData;
const stream = connect(socket);
const reader = new FrameReader();
const residents = new Map<number, Resident>();
/** Whose code runs, also later, in its timers and promises. The first resident does without: what is nobody's is its. */
const running = new AsyncLocalStorage<number>({ defaultValue: FIRST });
const waiting: Frame[] = [];
let busy = false;
let present: Resident | null = null;

separateImports();
tagPrints(stream, () => running.getStore() ?? FIRST);
process.on('exit', accuse);
process.on('uncaughtExceptionMonitor', accuse);
stream.write(encodeFrame(toRuntime.hello, 0, token));
stream.on('close', () => process.exit(0));
stream.on('data', (chunk: Buffer) => {
  waiting.push(...reader.push(chunk));
  if (!busy) void takeTurns();
});

async function takeTurns(): Promise<void> {
  busy = true;
  for (let frame = waiting.shift(); frame !== undefined; frame = waiting.shift()) {
    const outcome = frame.resident === FIRST ? serve(frame) : running.run(frame.resident, serve, frame);
    const answer = outcome instanceof Promise ? await outcome : outcome;
    const leaving = answer === null ? undefined : sent(answer);
    if (leaving !== undefined) await leaving;
  }
  busy = false;
}

function serve({ type, resident: number, payload }: Frame): Buffer | null | Promise<Buffer> {
  const resident = enter(number);
  switch (type) {
    case toHost.invoke:
      return resident.invoke(payload);
    case toHost.context:
      resident.setContext(JSON.parse(payload.toString('utf8')));
      return null;
    case toHost.load:
      return resident.load(JSON.parse(payload.toString('utf8')));
    case toHost.restore:
      return resident.restore(payload.toString('utf8'));
    case toHost.save:
      return resident.save();
    default:
      leave(number);
      return encodeFrame(toRuntime.left, number, '');
  }
}

function enter(number: number): Resident {
  const resident = residents.get(number) ?? new Resident(number);
  if (resident === present) return resident;
  present?.required.leave();
  resident.required.enter();
  residents.set(number, resident);
  present = resident;
  return resident;
}

/** Node never forgets ES modules: their code stays until the thread ends. */
function leave(number: number): void {
  residents.delete(number);
  present?.required.leave();
  present = null;
}

/** The next turn begins when the answer has left: the runtime tells by the answers whose turn it is. */
function sent(answer: Buffer): Promise<void> | undefined {
  stream.write(answer);
  if (stream.writableLength > 0) return new Promise((resolve) => stream.write('', () => resolve()));
}

/** The last words of a thread that someone's code ends: whose. */
function accuse(): void {
  stream.write(encodeFrame(toRuntime.guilty, running.getStore() ?? FIRST, ''));
}
