import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RedisServer, startRedis } from './redis-server.ts';

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Whether the Redis of this machine was built with TLS: one that was not takes the word itself for a mistake. */
export function redisSpeaksTls(): boolean {
  const { stdout, stderr } = spawnSync('redis-server', ['--tls-port', 'none'], { encoding: 'utf8' });
  return !/Bad directive/.test(stdout + stderr);
}

/** An authority of our own, and what it has signed: a server on loopback, and one of its clients. */
export class Certificates implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'vigia-tls-'));
  readonly ca = join(this.folder, 'ca.pem');

  constructor() {
    const [authority, certificate] = [join(this.folder, 'ca.key'), this.ca];
    openssl('req', '-x509', ...KEY, '-keyout', authority, '-out', certificate, '-days', '2', '-subj', '/CN=authority');
  }

  /** The files of a certificate for `localhost` and 127.0.0.1. */
  issue(name: string): { cert: string; key: string } {
    const [cert, key] = [join(this.folder, `${name}.pem`), join(this.folder, `${name}.key`)];
    const [request, names] = [join(this.folder, `${name}.csr`), join(this.folder, `${name}.names`)];
    writeFileSync(names, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl('req', ...KEY, '-keyout', key, '-out', request, '-subj', `/CN=${name}`);
    const signed = ['-CA', this.ca, '-CAkey', join(this.folder, 'ca.key'), '-CAcreateserial', '-extfile', names];
    openssl('x509', '-req', '-in', request, ...signed, '-days', '2', '-out', cert);
    return { cert, key };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

/** A real Redis that speaks TLS only, wants a password of everybody, and knows one `ada`, whose password is `of#ada`. */
export async function startTlsRedis(certificates: Certificates, args: readonly string[] = []): Promise<RedisServer> {
  const { cert, key } = certificates.issue('server');
  const port = await freePort();
  const server = await startRedis({
    args: [
      ...['--port', '0', '--tls-port', `${port}`],
      ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', certificates.ca],
      ...['--tls-auth-clients', 'no', '--requirepass', 'of-all', ...'--user ada on >of#ada ~* &* +@all'.split(' ')],
      ...args,
    ],
  });
  return { ...server, port, url: `rediss://ada:of%23ada@127.0.0.1:${port}` };
}
