/** The scripts that a page of HTML loads: their names tell one build from another. */
export function scriptsOf(html: string): string[] {
  return [...html.matchAll(/<script[^>]*\ssrc="([^"?]*)/g)].map(([, path = '']) => path);
}
