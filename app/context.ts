import 'server-only';
import { loadConfig } from '#lib/config';
import { type Context, createContext, shareContext, sharedContext } from '#lib/context';
import { createLog, lineWriter } from '#lib/log';
import { connect, createCommandClient } from '#lib/redis';

let opening: Promise<Context> | undefined;

/** The front door's context; a process that has no front door (`next dev` alone) makes its own. */
export async function getContext(): Promise<Context> {
  const shared = sharedContext();
  if (shared !== undefined) return shared;
  opening ??= open();
  return await opening;
}

async function open(): Promise<Context> {
  const config = loadConfig();
  const log = createLog('web', config.logLevel, await lineWriter(process.stdout.isTTY));
  const redis = createCommandClient(config.redis, 'web', log);
  await connect(redis);
  const ctx = createContext(config, redis, log);
  shareContext(ctx);
  return ctx;
}
