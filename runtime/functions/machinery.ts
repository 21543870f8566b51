import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#lib/config';
import { type Context, createContext } from '#lib/context';
import { keepCode } from '#lib/functions/keep-code';
import type { Log } from '#lib/log';
import { connectAtStart, createCommandClient } from '#lib/redis';
import { BUILT_IN } from '#lib/schemas/record';
import { LocalCode } from './code/local-code.ts';
import { tidyCode } from './code/tidy-code.ts';
import type { StartHost } from './hosts/host.ts';
import { Hosts } from './hosts/hosts.ts';
import { InputEvents } from './input-events.ts';
import { InputReader } from './input-reader.ts';
import { Pulse } from './invocations/pulse.ts';
import { type HolderProcess, thisProcess } from './place.ts';
import { Schedule } from './schedule.ts';
import type { TickMetrics } from './tick-metrics.ts';

/** What every function of this process is run with. */
export type Machinery = {
  ctx: Context;
  self: HolderProcess;
  schedule: Schedule;
  pulse: Pulse;
  inputs: InputReader;
  inputEvents: InputEvents;
  localCode: LocalCode;
  startHost: StartHost;
  /** The version that a function runs for which nobody has brought code. */
  builtIn: (name: string) => Promise<number>;
  /** Null where nobody can ask for them. */
  metrics: TickMetrics | null;
};

export const BUILT_IN_PATH = join(import.meta.dirname, 'builtin', 'machine-metrics.ts');

/** Opens all that functions need; Redis need not be there yet. */
export async function openMachinery(
  config: Config,
  log: Log,
  metrics: TickMetrics | null = null,
): Promise<Machinery & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const redis = createCommandClient(config.redis, 'functions', log);
  stack.defer(() => redis.disconnect());
  await connectAtStart(redis);
  await tidyCode(config.home);
  const ctx = createContext(config, redis, log);
  const hosts = stack.use(new Hosts({ python: config.python, env: config.functionEnv }));
  const localCode = new LocalCode(ctx);
  const machinery: Machinery = {
    ctx,
    self: thisProcess(),
    schedule: stack.use(new Schedule()),
    pulse: new Pulse(),
    inputs: new InputReader(ctx),
    inputEvents: stack.use(new InputEvents(ctx)),
    localCode,
    startHost: (order) => hosts.start(order),
    builtIn: await builtInCode(ctx, localCode),
    metrics,
  };
  const opened = stack.move();
  return { ...machinery, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** What runs where nobody has brought code: kept as a version like any other, so that people can read it and go on from it. */
async function builtInCode(ctx: Context, localCode: LocalCode): Promise<Machinery['builtIn']> {
  const content = await readFile(BUILT_IN_PATH);
  localCode.isAt(hash('sha256', content), BUILT_IN_PATH);
  const about = { kind: 'file', language: 'typescript', fileName: 'machine-metrics.ts', entry: null } as const;
  const by = { kind: 'deployment', host: '' } as const;
  return (name) => keepCode(ctx, name, { ...about, source: BUILT_IN, message: '', by, content });
}
