import type { ErrorCode } from '#lib/errors';
import { STATUS } from '#lib/http-refusal';
import type { Endpoint } from './endpoint.ts';
import { TITLES } from './problem.ts';

type Status = keyof typeof TITLES;

/** Every way in which an endpoint can refuse: what its definition says, and what follows from it. */
export function refusalsOf(endpoint: Endpoint): { status: Status; title: string }[] {
  const { access, params, body, refusals, checksRevision } = endpoint;
  const codes: ErrorCode[] = [
    ...refusals,
    'invalid',
    'unavailable',
    // Too many wrong passwords in a Basic header, whatever is asked for with it.
    'limited',
    ...(access === 'public' ? [] : (['unauthenticated'] as const)),
    ...(access === 'admin' || endpoint.method !== 'GET' ? (['forbidden'] as const) : []),
    ...(params.length > 0 ? (['not_found'] as const) : []),
    ...(checksRevision ? (['conflict'] as const) : []),
  ];
  const ofBody: Status[] = body === null ? [] : [413, 415];
  const statuses = new Set<Status>([...codes.map((code) => STATUS[code]), ...ofBody, 500]);
  return [...statuses].sort((a, b) => a - b).map((status) => ({ status, title: TITLES[status] }));
}
