import type { Config } from '#lib/config';
import type { Log } from '#lib/log';
import { Declaration } from './declared/declaration.ts';
import { openMachinery } from './machinery.ts';
import { Registry } from './registry.ts';
import { Tries } from './tries/tries.ts';

/** Declares the function of the environment, and runs what the registry wants, until it is disposed of. */
export async function startFunctionsRole(config: Config, log: Log): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const machinery = stack.use(await openMachinery(config, log));
  const declaration = stack.use(new Declaration(machinery));
  const { name } = config.function;
  const registry = stack.use(new Registry(machinery, { name, vanished: () => declaration.declareAgain() }));
  await registry.start();
  stack.use(await Tries.start(machinery));
  return stack.move();
}
