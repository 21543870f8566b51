import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const sources = z.object({ sources: z.array(z.string()) });
const sourceMap = z.union([
  sources,
  z.object({ sections: z.array(z.object({ map: sources })) }).transform(({ sections }) => ({
    sources: sections.flatMap(({ map }) => map.sources),
  })),
]);

/** The project's own files that the last build of the pages has bundled, as its source maps say. */
export function bundledSources(root: string): string[] {
  const maps = globSync('.next/server/**/*.map', { cwd: root });
  const found = maps.flatMap((map) => sourceMap.parse(JSON.parse(readFileSync(join(root, map), 'utf8'))).sources);
  // How many folders a path goes up first differs with the kind of the bundle; it always arrives at the root.
  const paths = new Set(found.map((source) => decodeURIComponent(source.replace(/^(?:\.\.\/)+/, ''))));
  return [...paths].filter((path) => !path.startsWith('node_modules/') && existsSync(join(root, path))).toSorted();
}
