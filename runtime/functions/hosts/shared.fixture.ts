import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { scratchFolder } from '../../../e2e/support/scratch-folder.ts';
import type { Host, HostOrder } from './host.ts';
import { Hosts } from './hosts.ts';

type Isolation = HostOrder['isolation'];

/** The functions in the file of such an ending, which are made to be neighbours. */
export const neighboursIn = (ending: 'py' | 'ts') => resolve(import.meta.dirname, 'fixtures', `neighbours.${ending}`);

export const invoke = (host: Host | undefined, input: unknown = {}, timeoutMs = 10_000) => {
  if (host === undefined) throw new Error('no such host');
  return host.invoke(Buffer.from(JSON.stringify(input)), timeoutMs);
};

/** What is returned; anything else throws. */
export async function call(host: Host | undefined, input: unknown = {}) {
  const outcome = await invoke(host, input);
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.text);
}

/** Hosts of their own for each test, which functions share unless they are told not to. */
export function sharedHostsSuite() {
  const { folder: scratch, write } = scratchFolder();
  const open: Host[] = [];
  const lines: string[] = [];
  let hosts: Hosts;
  let files = 0;
  beforeEach(() => {
    const { PATH = '', HOME = '' } = process.env;
    hosts = new Hosts({ python: 'python3', env: { PATH, HOME }, quickLoadMs: 1_500 });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((host) => host[Symbol.asyncDispose]()));
    await hosts[Symbol.asyncDispose]();
    lines.length = 0;
  });

  async function started(path: string, handler: string, name: string, isolation: Isolation = 'shared') {
    const language = path.endsWith('.py') ? 'python' : 'typescript';
    const log = (stream: string, line: string) => lines.push(`${name} ${stream} ${line}`);
    const host = await hosts.start({ name, isolation, language, path: resolve(path), handler, log });
    open.push(host);
    return host;
  }

  return {
    /** What the functions of the test have printed, each line with its function and stream. */
    lines,
    started,
    async loaded(path: string, handler: string, name = handler, isolation?: Isolation): Promise<Host> {
      const host = await started(path, handler, name, isolation);
      expect(await host.load(10_000)).toBeNull();
      return host;
    },
    /** Writes files into a folder of their own; the path of the first. */
    written(content: Record<string, string>): string {
      const folder = `${++files}`;
      const paths = Object.entries(content).map(([name, text]) => {
        mkdirSync(dirname(join(scratch, folder, name)), { recursive: true });
        return write(join(folder, name), text);
      });
      return paths[0] ?? folder;
    },
  };
}
