import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dockerContext } from './context.ts';
import { lineage, parseDockerfile, variables } from './dockerfile.ts';

/** What an image of the Dockerfile holds below its working directory, and what is known of it otherwise. */
type Layout = {
  /** How its packages are installed, as a line of a shell. */
  install: string;
  env: Record<string, string>;
  /** The last arguments of its program, unless somebody gives others. */
  command: string;
};

/**
 * Lays out the project's own files for a target as its COPY lines say, from the build context. What comes from other stages
 * is not copied: `install` makes the packages, and the pages are built once for all.
 */
export function layOut(root: string, target: string, folder: string): Layout {
  const stages = parseDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
  const isSent = dockerContext(root);
  const steps = lineage(stages, target);
  for (const copy of steps.filter(({ keyword, flags }) => keyword === 'COPY' && !flags.has('from'))) {
    const [to = '', ...sources] = copy.rest.split(/\s+/).reverse();
    for (const source of sources) {
      const into = to === './' ? join(folder, source) : join(folder, to);
      mkdirSync(join(into, '..'), { recursive: true });
      cpSync(join(root, source), into, {
        recursive: true,
        filter: (path) => path === join(root, source) || isSent(relative(root, path)),
      });
    }
  }
  const install = lineage(stages, 'packages').find(({ keyword, rest }) => keyword === 'RUN' && rest.includes('npm ci'));
  return {
    install: /npm ci[^&]*/.exec(install?.rest ?? '')?.[0].trim() ?? '',
    env: Object.fromEntries(steps.flatMap(variables)),
    command: steps.findLast(({ keyword }) => keyword === 'CMD')?.rest ?? '',
  };
}
