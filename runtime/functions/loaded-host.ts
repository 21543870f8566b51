import { messageOf } from '#lib/errors';
import type { Failure } from '#lib/schemas/function';
import type { Host, HostOrder, StartHost } from './hosts/host.ts';

/** Loads a version in a host of its own, beside whatever runs; a failure leaves nothing behind. */
export async function loadHost(
  startHost: StartHost,
  order: HostOrder,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<{ host: Host } | { failure: Failure }> {
  let host: Host;
  try {
    host = await startHost(order);
  } catch (error) {
    return { failure: { kind: 'init', message: messageOf(error) } };
  }
  const stop = () => void host[Symbol.asyncDispose]();
  signal.addEventListener('abort', stop, { once: true });
  const failure = signal.aborted ? null : await host.load(timeoutMs);
  signal.removeEventListener('abort', stop);
  if (!signal.aborted) return failure === null ? { host } : { failure };
  await host[Symbol.asyncDispose]();
  return { failure: { kind: 'init', message: 'was stopped while it loaded' } };
}

/** Where what a host prints goes, while nobody has taken it yet and after. */
export class Prints {
  to: HostOrder['log'];

  constructor(to: HostOrder['log']) {
    this.to = to;
  }
}

/** Gives the host that is loaded already, and what it prints, to the first who asks, and starts new ones after it. */
export function firstThis(loaded: Host, prints: Prints, startHost: StartHost): StartHost {
  let first: Host | null = {
    load: async () => null,
    restore: (snapshot, lastExecutionAt, timeoutMs) => loaded.restore(snapshot, lastExecutionAt, timeoutMs),
    save: (timeoutMs) => loaded.save(timeoutMs),
    setContext: (context) => loaded.setContext(context),
    invoke: (input, timeoutMs) => loaded.invoke(input, timeoutMs),
    ended: loaded.ended,
    pid: loaded.pid,
    [Symbol.asyncDispose]: () => loaded[Symbol.asyncDispose](),
  };
  return async (order) => {
    if (first === null) return await startHost(order);
    const host = first;
    first = null;
    prints.to = order.log;
    return host;
  };
}
