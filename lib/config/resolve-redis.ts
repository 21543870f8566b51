import { isIPv6 } from 'node:net';
import { disagreement, given, ignoredNote, type RawEnvironment, type Resolved, supply } from './resolved.ts';

const KUBERNETES_SERVICE_LINK = /^tcp:\/\//;
const HOST_NAME = /^[^\s:/?#@[\]]+$/;

/** `REDIS_HOST` + `REDIS_PORT` and `REDIS_IP` are the older way to say `REDIS_URL`. */
export function resolveRedis(env: RawEnvironment, into: Resolved): void {
  const host = given(env, 'REDIS_HOST')?.trim();
  const ip = given(env, 'REDIS_IP')?.trim();
  const port = portGiven(env);
  const names = Object.entries({ REDIS_HOST: host, REDIS_IP: ip, REDIS_PORT: port }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  const url = given(env, 'REDIS_URL')?.trim();
  if (url !== undefined) {
    into.values.REDIS_URL = url;
    if (names.length > 0) into.notes.push(ignoredNote('REDIS_URL', names));
    return;
  }
  if (names.length === 0) return;
  const problems = [
    ...(host === undefined ? [] : hostProblem('REDIS_HOST', host)),
    ...(ip === undefined ? [] : hostProblem('REDIS_IP', ip)),
    ...(port === undefined ? [] : portProblem(port)),
    ...(host !== undefined && ip !== undefined && host !== ip
      ? [disagreement('REDIS_URL', 'REDIS_HOST', 'REDIS_IP')]
      : []),
  ];
  into.problems.push(...problems);
  if (problems.length > 0) return;
  const used = names.filter((name) => name !== 'REDIS_IP' || host === undefined);
  supply(into, 'REDIS_URL', `redis://${inUrl(host ?? ip ?? '127.0.0.1')}:${port ?? '6379'}`, used.join(' and '));
}

/** What is wrong with the files for TLS, as far as their names tell. */
export function tlsProblems({ REDIS_URL, REDIS_CA, REDIS_CERT, REDIS_KEY }: Resolved['values']): string[] {
  const files = Object.entries({ REDIS_CA, REDIS_CERT, REDIS_KEY }).flatMap(([name, file]) =>
    file === undefined ? [] : [name],
  );
  if (files.length === 0) return [];
  if (REDIS_URL?.startsWith('rediss://') !== true)
    return [`${files.join(', ')} would be of no use: nothing is encrypted unless REDIS_URL begins with rediss://`];
  if (REDIS_CERT === undefined && REDIS_KEY !== undefined) return ['REDIS_KEY is set, but no REDIS_CERT goes with it'];
  if (REDIS_KEY === undefined && REDIS_CERT !== undefined) return ['REDIS_CERT is set, but no REDIS_KEY goes with it'];
  return [];
}

/**
 * In a pod, a Service called "redis" sets `REDIS_PORT=tcp://10.0.0.1:6379` for every container: that is
 * Kubernetes speaking, not the user, so it neither chooses a Redis nor counts as a bad value.
 */
function portGiven(env: RawEnvironment): string | undefined {
  const port = given(env, 'REDIS_PORT')?.trim();
  return port === undefined || KUBERNETES_SERVICE_LINK.test(port) ? undefined : port;
}

function hostProblem(name: string, value: string): string[] {
  if (isIPv6(withoutBrackets(value)) || HOST_NAME.test(value)) return [];
  return [`${name} must be a host name or an address alone; a port goes into REDIS_PORT, a whole URL into REDIS_URL`];
}

function portProblem(port: string): string[] {
  const good = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;
  return good ? [] : ['REDIS_PORT must be a port, 1 to 65535'];
}

const withoutBrackets = (address: string): string => address.replace(/^\[(.*)\]$/, '$1');

function inUrl(host: string): string {
  const address = withoutBrackets(host);
  return isIPv6(address) ? `[${address}]` : address;
}
