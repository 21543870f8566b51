import { ApiClient } from './api/client.ts';
import { DEFAULT_SERVER, serverAddress } from './credentials/server-address.ts';
import { readCredentials } from './credentials/store.ts';
import type { Environment } from './environment.ts';
import { EXIT } from './exit-codes.ts';
import { Failure } from './failure.ts';
import type { Globals } from './parse/parse-call.ts';
import { Output } from './show/output.ts';

/** Somebody has pressed Ctrl-C where that is no failure of anything. */
export class Interrupted extends Failure {
  constructor(message: string) {
    super(EXIT.interrupted, message);
    this.name = 'Interrupted';
  }
}

/** What every command works with. */
export class Cli {
  readonly environment: Environment;
  readonly out: Output;
  readonly #givenServer: string | undefined;

  constructor(environment: Environment, { server, output = 'table', raw }: Globals) {
    this.environment = environment;
    this.out = new Output(output, raw);
    this.#givenServer = server ?? environment.url;
  }

  /** The server that is meant: the one that is named, else where somebody signed in last. */
  async server(): Promise<string> {
    if (this.#givenServer !== undefined) return serverAddress(this.#givenServer);
    return (await readCredentials(this.environment.credentialsFile)).current ?? DEFAULT_SERVER;
  }

  /** That server, asked with the token for it, if there is one. */
  async api(): Promise<ApiClient> {
    const server = await this.server();
    const { token, credentialsFile } = this.environment;
    const known = token ?? (await readCredentials(credentialsFile)).servers[server]?.token;
    return new ApiClient(server, known === undefined ? undefined : `Bearer ${known}`);
  }

  /** From now on Ctrl-C aborts this, with a word about what goes on without us; a second one ends the process. */
  interruptible(message: string): AbortSignal {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort(new Interrupted(message)));
    return stop.signal;
  }
}
