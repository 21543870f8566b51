import type { Endpoint } from './endpoint.ts';
import { TransportRefusal } from './problem.ts';

export const BASE = '/api/v1';

export type Route = { endpoint: Endpoint; params: Record<string, string> };

/** All endpoints whose path this is, with what stands for their parameters. */
function routesAt(endpoints: readonly Endpoint[], pathname: string): Route[] {
  const segments = pathname.startsWith(`${BASE}/`) ? pathname.slice(BASE.length + 1).split('/') : [];
  return endpoints.flatMap((endpoint) => {
    const params = match(endpoint.path.slice(1).split('/'), segments);
    return params === null ? [] : [{ endpoint, params }];
  });
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = decoded(segments[index] ?? '');
    const name = /^\{(\w+)\}$/.exec(expected)?.[1];
    if (segment === null || (name === undefined && segment !== expected)) return null;
    if (name !== undefined) params[name] = segment;
  }
  return params;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

type Found = { kind: 'routes'; routes: Route[] } | { kind: 'options'; allow: string };

/**
 * Where a request goes. Several routes differ in the media type that they take. Throws 404, and 405 that names what is
 * allowed.
 */
export function findRoutes(endpoints: readonly Endpoint[], method: string, pathname: string): Found {
  const routes = routesAt(endpoints, pathname);
  if (routes.length === 0) throw new TransportRefusal(404, 'There is nothing at this address');
  const methods = new Set<string>(routes.map(({ endpoint }) => endpoint.method));
  const allow = [...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') return { kind: 'options', allow };
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = routes.filter(({ endpoint }) => endpoint.method === wanted);
  if (found.length === 0) throw new TransportRefusal(405, `${method} does not work here`, { Allow: allow });
  return { kind: 'routes', routes: found };
}
