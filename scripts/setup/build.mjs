import { withLock } from './lock.mjs';
import { projectEnvironment } from './machine.mjs';
import { bin } from './project.mjs';
import { run } from './run.mjs';
import { Stop, say, write } from './say.mjs';
import { contentHash, Stamp } from './stamp.mjs';

/** Files and folders that the pages are built of. */
export const INPUTS = [
  'app',
  'lib',
  'public',
  'instrumentation.ts',
  'next.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

const stamp = new Stamp('.next', 'vigia-build');

const isCurrent = () => stamp.matches(contentHash(INPUTS));

const compiled = new Stamp('node_modules', '.cache', 'vigia-compiled', 'stamp');
const COMPILED_FROM = ['lib', 'runtime', 'scripts/compile.ts', 'package-lock.json'];

/**
 * Has what each process loads compiled before the program starts, when it has changed. A process that has to do it by itself
 * needs some 20 MB more for as long as it runs, and nothing else: so nothing comes of a failure.
 */
export async function compile(env) {
  const hash = contentHash(COMPILED_FROM);
  if (compiled.matches(hash)) return;
  const { code } = await run(bin('node'), ['scripts/compile.ts'], { env });
  if (code === 0) compiled.write(hash);
}

/** Builds the pages when their sources changed since the last build; false when that failed. */
export async function buildPages({ live }) {
  if (isCurrent()) return true;
  return withLock(async () => isCurrent() || build(live));
}

async function build(live) {
  say('Building the pages…');
  stamp.remove();
  // Taken before the build: what is edited meanwhile makes the next start build again.
  const hash = contentHash(INPUTS);
  const env = projectEnvironment({ NODE_ENV: 'production' });
  const { code, output } = await run(bin('next'), ['build'], { env, live });
  if (code === 0) stamp.write(hash);
  else write(2, output);
  return code === 0;
}

export async function requireBuild() {
  if (!(await buildPages({ live: false })))
    throw new Stop('The pages could not be built; what next build says is above.');
}
