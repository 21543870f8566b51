import type { Instrumentation } from 'next';

/** What a page could not do is one line of the log, which names the request; Next tells of the error alone. */
export const onRequestError: Instrumentation.onRequestError = async (error, { path, headers }) => {
  const { sharedContext } = await import('#lib/context');
  const [pathname] = path.split('?');
  sharedContext()?.log.error({ requestId: headers['x-request-id'], path: pathname, err: error }, 'a page failed');
};
