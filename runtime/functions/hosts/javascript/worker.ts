/** One function in its worker thread: the JavaScript twin of host.py, with the same frames and the same meanings. */
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { Failure } from '#lib/schemas/function';
import { encodeFrame, FrameReader } from '#runtime/supervise/frames';
import { type HostContext, type LoadOrder, SNAPSHOT_LIMITS, toHost, toRuntime } from '../protocol.ts';
import type { WorkerOrder } from './control.ts';
import { EnvSaver } from './env-saver.ts';
import { type Handler, importHandler, localTime } from './import-handler.ts';
import { BadResult, serialiseResult } from './serialise-result.ts';

const MAX_TRACE = 16_384;
const OWN_FRAME =
  /\((?:node:|file:\/\/.*\/runtime\/functions\/hosts\/javascript\/)|at (?:node:|file:\/\/.*\/runtime\/functions\/hosts\/)/;

const { socket, token }: WorkerOrder = workerData;
const stream = connect(socket);
const reader = new FrameReader();

let handler: Handler | null = null;
let maxResultBytes = 0;
let saver = new EnvSaver(SNAPSHOT_LIMITS);
/** What the reference runtime refreshes before each call. */
const fixed: Partial<HostContext> & { function_getmtime?: string } = {};
const context: typeof fixed & { last_execution: Date | null; env: unknown } = { last_execution: null, env: {} };

stream.write(encodeFrame(toRuntime.hello, token));
stream.on('close', () => process.exit(0));
stream.on('data', (chunk: Buffer) => {
  for (const { type, payload } of reader.push(chunk)) {
    if (type === toHost.invoke) void invoke(payload);
    else if (type === toHost.context) Object.assign(fixed, JSON.parse(payload.toString('utf8')));
    else if (type === toHost.restore) restore(payload.toString('utf8'));
    else if (type === toHost.save) stream.write(encodeFrame(toRuntime.saved, saver.takeNow(context.env) ?? ''));
    else if (type === toHost.load) void load(JSON.parse(payload.toString('utf8')));
  }
});

async function load(order: LoadOrder): Promise<void> {
  try {
    maxResultBytes = order.maxResultBytes;
    saver = new EnvSaver(order.snapshots);
    fixed.function_getmtime = localTime(statSync(order.path).mtime);
    handler = await importHandler(order.path, order.handler);
    stream.write(encodeFrame(toRuntime.loaded, '{}'));
  } catch (error) {
    fail('init', error);
  }
}

/** The runtime is told why when the snapshot is of no use; env then starts empty, and the next call is the first. */
function restore(payload: string): void {
  const end = payload.indexOf('\n');
  const lastExecutionAt: number | null = JSON.parse(payload.slice(0, end));
  let notRestored: string | undefined;
  try {
    if (payload.length > end + 1) context.env = saver.restore(payload.slice(end + 1));
    context.last_execution = lastExecutionAt === null ? null : new Date(lastExecutionAt);
  } catch (error) {
    notRestored = String(error instanceof Error ? error.message : error).slice(0, 1000);
  }
  stream.write(encodeFrame(toRuntime.restored, JSON.stringify({ notRestored })));
}

async function invoke(payload: Buffer): Promise<void> {
  let event: unknown;
  try {
    event = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    return fail('bad-input', new BadResult(`not JSON: ${error instanceof Error ? error.message : error}`));
  }
  let output: unknown;
  try {
    Object.assign(context, fixed);
    output = handler?.(event, context);
    if (output instanceof Promise) output = await output;
  } catch (error) {
    return fail('invocation', error);
  } finally {
    context.last_execution = new Date();
  }
  let text: string;
  try {
    text = serialiseResult(output, maxResultBytes);
  } catch (error) {
    return fail('bad-result', error);
  }
  // Only a good invocation has a snapshot, which comes before its result.
  const news = saver.take(context.env);
  const result = encodeFrame(toRuntime.result, text);
  stream.write(news === null ? result : Buffer.concat([encodeFrame(toRuntime.snapshot, news), result]));
}

function fail(kind: Failure['kind'], thrown: unknown): void {
  stream.write(encodeFrame(toRuntime.failed, JSON.stringify(describe(kind, thrown))));
}

/** A failure as its author wants to see it: their own frames, not the host's. */
function describe(kind: Failure['kind'], thrown: unknown): Failure {
  if (thrown instanceof BadResult) return { kind, message: thrown.message.slice(0, 1000) };
  if (!(thrown instanceof Error)) return { kind, message: `threw ${String(thrown)}`.slice(0, 1000) };
  const trace = (thrown.stack ?? '').split('\n').filter((line) => !OWN_FRAME.test(line));
  return {
    kind,
    message: `${thrown.name}: ${thrown.message}`.slice(0, 1000),
    traceback: trace.join('\n').slice(0, MAX_TRACE),
  };
}
