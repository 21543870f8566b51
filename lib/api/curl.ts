import * as z from 'zod';
import { type Endpoint, isGuarded } from './endpoint.ts';
import { pathParams } from './path-params.ts';
import { BASE } from './router.ts';

/** The path of an endpoint's example below `/api/v1`, with its query. */
export function examplePath({ path, params, example: { query = {} } }: Endpoint): string {
  const filled = params.reduce(
    (text, name) => text.replace(`{${name}}`, z.string().parse(pathParams[name].meta()?.example)),
    path,
  );
  const search = new URLSearchParams(z.record(z.string(), z.string()).parse(query)).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

/** An endpoint's example as a line for a shell, where `$VIGIA` is the address and `$TOKEN` an API token. */
export function curlOf(endpoint: Endpoint): string {
  const { method, access, body, example, answer } = endpoint;

  const start = `curl ${method === 'GET' ? '' : `-X ${method} `}"$VIGIA${BASE}${examplePath(endpoint)}"`;
  const who = example.asPerson === true ? '-u admin' : '-H "Authorization: Bearer $TOKEN"';
  return [
    start,
    ...(isGuarded(access) ? [who] : []),
    ...(body === null ? [] : [`-H 'Content-Type: ${body.media}'`]),
    ...(body?.media === 'application/json' ? [`-d ${quoted(example.body)}`] : []),
    ...(body?.media === 'application/zip' ? ['--data-binary @code.zip'] : []),
    ...(answer.media === 'application/zip' ? ['-o code.zip'] : []),
    ...(answer.media === 'text/csv' ? ['-OJ'] : []),
  ].join(' \\\n  ');
}

function quoted(body: unknown): string {
  return `'${JSON.stringify(body).replaceAll("'", "'\\''")}'`;
}
