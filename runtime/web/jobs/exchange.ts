import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '#lib/auth/caller';
import type { RequestFacts } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';

/** One request of somebody who has said who they are; the signal is aborted when they have gone. */
export type Exchange = {
  /** Whose log names the request. */
  ctx: Context;
  url: URL;
  request: IncomingMessage;
  response: ServerResponse;
  facts: RequestFacts;
  caller: Caller;
  signal: AbortSignal;
};
