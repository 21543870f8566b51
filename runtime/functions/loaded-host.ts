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
