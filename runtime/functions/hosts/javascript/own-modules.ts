import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const OWNER = /\?vigia=\d+$/;
const PACKAGES = '/node_modules/';

/**
 * The URL under which a function's file is imported. A module is loaded once for each URL, so with its number in it each
 * function of a thread has a copy of its own; the first keeps the plain one.
 */
export function ownUrl(file: string, number: number): string {
  const { href } = pathToFileURL(file);
  return number === 1 ? href : `${href}?vigia=${number}`;
}

/** Without the numbers, as its author knows it. */
export const plainTrace = (trace: string): string => trace.replaceAll(/\?vigia=\d+/g, '');

/** What a function's file imports is its own as well, except packages. */
export function separateImports(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const owner = OWNER.exec(context.parentURL ?? '')?.[0];
      if (owner === undefined || !found.url.startsWith('file:') || found.url.includes('?')) return found;
      return found.url.includes(PACKAGES) ? found : { ...found, url: found.url + owner };
    },
  });
}

const cache = createRequire(import.meta.url).cache;

/** One function's CommonJS modules, packages excepted: Node keeps those by file name, so they are there only in its turns. */
export class RequireView {
  #own: Partial<typeof cache> = {};

  enter(): void {
    Object.assign(cache, this.#own);
  }

  leave(): void {
    this.#own = {};
    for (const file of Object.keys(cache)) {
      if (file.includes(PACKAGES)) continue;
      this.#own[file] = cache[file];
      delete cache[file];
    }
  }
}
