/**
 * The JavaScript host process. It only starts and ends worker threads, which speak the protocol with the runtime themselves.
 */
import { flushCompileCache } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ControlReport } from '../reports.ts';
import { type ControlOrder, isControlOrder, type WorkerOrder } from './control.ts';

const WORKER_PROGRAM = new URL('./worker.ts', import.meta.url);
const MAX_HEAP_MB = 512;

const workers = new Map<string, Worker>();

function report(message: ControlReport): void {
  if (process.connected) process.send?.(message);
}

function start({ id, socket, token }: Extract<ControlOrder, { order: 'start' }>): void {
  const worker = new Worker(WORKER_PROGRAM, {
    workerData: { socket, token } satisfies WorkerOrder,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  workers.set(id, worker);
  let how: string | null = null;
  worker.once('error', (error: unknown) => {
    how = `ended with ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  });
  worker.once('exit', (code) => {
    workers.delete(id);
    report({ report: 'ended', id, how: how ?? `exited with code ${code}` });
  });
}

process.on('message', (message) => {
  if (!isControlOrder(message)) return;
  if (message.order === 'start') start(message);
  else void workers.get(message.id)?.terminate();
});
process.once('disconnect', () => process.exit(0));
report({ report: 'ready' });
// As the runtime kills this process, what it has compiled would be lost: the next one would need some 20 MB more.
flushCompileCache();
