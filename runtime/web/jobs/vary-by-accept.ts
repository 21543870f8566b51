import type { ServerResponse } from 'node:http';

/** Tells caches that the answer depends on `Accept`, also when somebody else writes it and sets what it varies by anew. */
export function varyByAccept(response: ServerResponse): void {
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self, args) {
      response.appendHeader('Vary', 'Accept');
      return Reflect.apply(writeHead, self, args);
    },
  });
}
