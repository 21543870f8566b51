import type { Config } from '#lib/config';
import type { Log } from '#lib/log';
import { askRedis } from '#runtime/observe/ask-redis';
import { HealthDoor } from '#runtime/observe/health-door';
import { Presence } from '#runtime/observe/presence';
import { Declaration } from './declared/declaration.ts';
import { openMachinery } from './machinery.ts';
import { Registry } from './registry.ts';
import { Tries } from './tries/tries.ts';

/** Declares the function of the environment, and runs what the registry wants, until it is disposed of. */
export async function startFunctionsRole(config: Config, log: Log): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const door = stack.use(await HealthDoor.open(config, log, 'functions'));
  const metrics = door === null ? null : new (await import('./tick-metrics.ts')).TickMetrics(door.registry);
  const machinery = stack.use(await openMachinery(config, log, metrics));
  const declaration = stack.use(new Declaration(machinery));
  const { name } = config.function;
  const registry = stack.use(new Registry(machinery, { name, vanished: () => declaration.declareAgain() }));
  await registry.start();
  stack.use(await Tries.start(machinery));
  stack.use(new Presence(machinery.ctx, 'functions', { load: () => registry.running, python: config.python }));
  door?.started(async () => {
    const { answers, about } = await askRedis(machinery.ctx.redis);
    return { ready: answers, about: { redis: about } };
  });
  stack.defer(() => door?.stopping());
  return stack.move();
}
