import { readParts } from '#lib/functions/code-parts';
import { keptTextOf } from '#lib/functions/invocation-entries';
import { parseState } from '#lib/functions/state-of';
import type { TakenTry } from '#lib/functions/try-requests';
import { pause } from '#lib/lifecycle';
import { hostAndPort } from '#lib/redis-address';
import type { Failure, Language } from '#lib/schemas/function';
import type { TryFailure, TryRun } from '#lib/schemas/try';
import { EnvStore } from '../env-store.ts';
import { endedFailure } from '../hosts/failures.ts';
import type { Host, Served } from '../hosts/host.ts';
import { Hosts } from '../hosts/hosts.ts';
import { LogTail } from '../invocations/log-tail.ts';
import { loadHost } from '../loaded-host.ts';
import type { Machinery } from '../machinery.ts';
import { placeIn, withoutRoot } from './place-in-code.ts';
import { fileCode, type ReadyCode, scratchFolder, writeCode } from './scratch-code.ts';
import { syntaxErrorPlace } from './syntax-error-place.ts';

const MAX_LOAD_MS = 20_000;
const MAX_INVOCATION_MS = 10_000;
/** Kept back of the time that somebody waits, to end the host and to answer. */
const ANSWER_MS = 1_000;
/** Pipes are slower than results. */
const LAST_LINES_MS = 50;

type Tried = Omit<TryRun, 'log' | 'linesLeftOut'>;

/**
 * Loads code and calls it once, in a host and a folder that are gone when this returns. Nothing that belongs to the function
 * is written. Stops when the signal says so; what it then returns is of no use.
 */
export async function runTry(machinery: Machinery, taken: TakenTry, signal: AbortSignal): Promise<TryRun> {
  const log = machinery.ctx.log.child({ function: taken.name, try: taken.id });
  const tail = new LogTail();
  const print = (stream: string, line: string) => {
    log.debug({ stream }, line);
    tail.add(stream, line);
  };
  const tried = await tryOnce(machinery, taken, print, signal);
  await pause(LAST_LINES_MS, signal);
  log.debug({ outcome: tried.outcome, loadMs: tried.loadMs, tookMs: tried.tookMs }, tried.failure?.message ?? 'tried');
  return { ...tried, ...tail.take() };
}

async function tryOnce(
  machinery: Machinery,
  taken: TakenTry,
  print: (stream: string, line: string) => void,
  signal: AbortSignal,
): Promise<Tried> {
  const { config } = machinery.ctx;
  const endsAt = performance.now() + taken.patienceMs - ANSWER_MS;
  const within = (ms: number) => Math.max(1, Math.min(ms, endsAt - performance.now()));
  await using scratch = await scratchFolder();
  const ready = await readyCode(machinery, taken, scratch.path);
  if ('reason' in ready) return failed({ kind: 'init', message: ready.reason });
  const { language, path, handler, imports } = ready.code;
  // Hosts of its own: threads share a process, and what is tried here may bring down its own.
  await using hosts = new Hosts({ python: config.python, env: config.functionEnv });
  const order = { name: taken.name, language, isolation: 'own', path, handler, imports, log: print } as const;
  const startedAt = performance.now();
  const loaded = await loadHost((each) => hosts.start(each), order, within(MAX_LOAD_MS), signal);
  const loadMs = sinceMs(startedAt);
  if ('failure' in loaded)
    return { ...failed(await explained(loaded.failure, ready, config.functionEnv)), language, loadMs };
  await using host = loaded.host;
  using _end = endOnAbort(host, signal);
  await prepare(host, machinery, taken, within(MAX_LOAD_MS), signal);
  const calledAt = performance.now();
  const outcome = await host.invoke(taken.input, within(Math.min(taken.settings.timeoutMs, MAX_INVOCATION_MS)));
  const tookMs = sinceMs(calledAt);
  const served: Served =
    outcome.kind === 'unserved' ? { kind: 'failed', failure: endedFailure('exit', 'ended') } : outcome;
  const about = { language, loadMs, tookMs };
  if (served.kind === 'failed')
    return { ...failed(await explained(served.failure, ready, config.functionEnv)), ...about };
  const result = served.kind === 'result' ? keptTextOf(served.text) : null;
  return { outcome: served.kind, failure: null, result, notSaved: served.snapshot?.notSaved ?? [], ...about };
}

/** What lies on this machine unchanged is run from there, as the function does: it finds the files beside it. */
async function readyCode(
  { ctx, localCode }: Machinery,
  taken: TakenTry,
  folder: string,
): Promise<ReadyCode | { reason: string }> {
  const mounted = taken.code.kind === 'file' ? await localCode.mountedPath(taken.code) : null;
  if (mounted !== null) return fileCode(mounted, taken.code, taken.settings.handler);
  const bytes = await readParts(ctx, taken.code.key);
  if (bytes === null) return { reason: 'its code is not kept any more' };
  return await writeCode(bytes, taken, folder, ctx.config);
}

/** Gives the host what the function has: its context, and a copy of its `env` unless an empty one is wanted. */
async function prepare(
  host: Host,
  { ctx }: Machinery,
  { name, settings, env }: TakenTry,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  host.setContext({ ...hostAndPort(ctx.config.redis), input_key: settings.inputKey, output_key: settings.outputKey });
  if (env === 'empty') return;
  const snapshot = await new EnvStore(ctx, name).newest(signal);
  if (snapshot === '') return;
  const state = parseState(await ctx.redis.get(ctx.keys.functionState(name)));
  await host.restore(snapshot, state?.lastExecutionAt ?? null, timeoutMs);
}

/** A failure with its place, in words that do not tell of our folders. */
async function explained(
  { kind, message, traceback }: Failure,
  { code: { language }, root, files }: ReadyCode,
  env: Readonly<Record<string, string>>,
): Promise<TryFailure> {
  const place =
    placeIn(language, traceback ?? '', root) ??
    (isUnplaced(kind, message, language) ? await syntaxErrorPlace(message, { root, files }, env) : null);
  return {
    kind,
    message: withoutRoot(message, root),
    ...(traceback === undefined ? {} : { traceback: withoutRoot(traceback, root) }),
    ...place,
  };
}

function isUnplaced(kind: Failure['kind'], message: string, language: Language): boolean {
  return kind === 'init' && language !== 'python' && message.startsWith('SyntaxError: ');
}

function failed(failure: TryFailure): Tried {
  return { outcome: 'failed', failure, result: null, language: null, loadMs: 0, tookMs: null, notSaved: [] };
}

function endOnAbort(host: Host, signal: AbortSignal): Disposable {
  const end = () => void host[Symbol.asyncDispose]();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', end) };
}

function sinceMs(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 1000) / 1000;
}
