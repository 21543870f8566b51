import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { youngGeneration } from '#runtime/all-in-one/role-process';
import { INPUTS } from '../setup/build.mjs';
import { dockerContext } from './context.ts';
import { type Instruction, lineage, parseDockerfile, words } from './dockerfile.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const stages = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
const isSent = dockerContext(ROOT);
const targets = ['web', 'runtime'];

const of = (name: string, keyword: string): Instruction[] =>
  lineage(stages, name).filter((instruction) => instruction.keyword === keyword);
const copies = stages.flatMap(({ name, instructions }) =>
  instructions.filter(({ keyword }) => keyword === 'COPY').map((copy) => ({ stage: name, copy })),
);

test('every stage is one of the base image, or of another stage', () => {
  const names = stages.map(({ name }) => name);
  for (const { from } of stages) expect(['node:24-bookworm-slim', ...names]).toContain(from);
  expect(names).toEqual(expect.arrayContaining(targets));
  expect(names.at(-1)).toBe('runtime');
});

test('it needs no builder of a certain make', () => {
  for (const { instructions } of stages)
    for (const { keyword, flags } of instructions)
      expect([...flags.keys()].filter((flag) => keyword !== 'COPY' || flag !== 'from')).toEqual([]);
});

test.each(copies)('$stage copies what is there: $copy.rest', ({ copy }) => {
  const sources = copy.rest.split(/\s+/).slice(0, -1);
  const from = copy.flags.get('from');
  if (from !== undefined) return expect(stages.map(({ name }) => name)).toContain(from);
  for (const source of sources) {
    expect(existsSync(join(ROOT, source)), source).toBe(true);
    expect(isSent(source), source).toBe(true);
  }
});

test('what is not copied is not sent either, and no tests are', () => {
  for (const file of ['.git/HEAD', '.vigia/x', 'node_modules/next/package.json', 'e2e/jobs.test.ts', '.env'])
    expect(isSent(file), file).toBe(false);
  expect(isSent('lib/config.test.ts')).toBe(false);
  expect(isSent('runtime/functions/hosts/fixtures/state.py')).toBe(false);
  expect(isSent('runtime/functions/hosts/python/host.py')).toBe(true);
});

test('packages are installed before any source is copied, so that they are cached', () => {
  for (const name of ['packages', 'pages']) {
    const steps = lineage(stages, name);
    const install = steps.findIndex(({ keyword, rest }) => keyword === 'RUN' && rest.includes('npm ci'));
    const before = steps.slice(0, install).filter(({ keyword }) => keyword === 'COPY');
    expect(before.map(({ rest }) => rest)).toEqual(['package.json package-lock.json ./']);
  }
});

// The pages are built once, by the project's own build, which tests then try. So the stage must start from the same files,
// with all packages, and give away the same: what is bundled comes from nowhere else (e2e/image.test.ts).
describe('the stage of the pages', () => {
  test('builds them of what the project builds them of', () => {
    const copied = of('pages', 'COPY').flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
    expect(copied.toSorted()).toEqual(INPUTS.toSorted());
  });

  test('has every package, those for development and other systems included, and runs what the project runs', () => {
    const [install, build, ...others] = of('pages', 'RUN').map(({ rest }) => rest);
    expect(others).toEqual([]);
    expect(install).toMatch(/^npm ci /);
    expect(install).not.toContain('--omit');
    expect(build).toBe('./node_modules/.bin/next build && rm -rf .next/cache');
  });

  test('gives away what it has built, and nothing else', () => {
    const taken = copies.filter(({ copy }) => copy.flags.get('from') === 'pages');
    expect(taken.map(({ stage, copy }) => [stage, copy.rest])).toEqual([['web', '/app/.next ./.next']]);
  });
});

test('no package needs a script of its own to be installed: Node is the base image’s, and msgpackr does without', () => {
  const { packages } = z
    .object({ packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  const scripted = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript);
  expect(scripted).toEqual(['node_modules/msgpackr-extract', 'node_modules/node']);
});

describe.each(targets)('the image %s', (name) => {
  test('has the packages that were installed without those for development', () => {
    const from = of(name, 'COPY')
      .find(({ rest }) => rest.startsWith('/app/node_modules'))
      ?.flags.get('from');
    const [install] = of(from ?? '', 'RUN');
    expect(install?.rest).toMatch(/^npm ci --omit=dev /);
  });

  test('runs as a user without a name or rights, under an init, without a shell', () => {
    expect(of(name, 'USER').map(({ rest }) => rest)).toEqual(['10001:10001']);
    const [entrypoint, ...others] = of(name, 'ENTRYPOINT').map(words);
    expect([entrypoint, others]).toEqual([['/usr/bin/tini', '--', 'node', 'runtime/main.ts'], []]);
    expect(of(name, 'CMD').map(words)).toEqual([[name === 'web' ? 'web' : 'functions']]);
    expect(of(name, 'RUN').some(({ rest }) => /apt-get install .*\btini\b/.test(rest))).toBe(true);
  });

  test('keeps its young generation as small as the all-in-one does', () => {
    const roles = name === 'web' ? ['web'] : ['functions', 'jobs', 'collector'];
    const environment = of(name, 'ENV')
      .map(({ rest }) => rest)
      .join(' ');
    for (const role of roles) expect(`${environment} `).toContain(`NODE_OPTIONS=${youngGeneration(role)} `);
  });

  test('says what it is', () => {
    const labels = of(name, 'LABEL')
      .map(({ rest }) => rest)
      .join(' ');
    for (const label of ['title', 'description', 'licenses', 'version', 'revision'])
      expect(labels).toContain(`org.opencontainers.image.${label}=`);
  });

  test('its version is the project’s', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(of(name, 'ARG').map(({ rest }) => rest)).toContain(`VERSION=${version}`);
  });
});

test('the runtime has what functions and jobs run on', () => {
  const installed = of('runtime', 'RUN')
    .map(({ rest }) => rest)
    .join(' ');
  for (const name of ['python3', 'python3-numpy', 'python3-pandas', 'bubblewrap'])
    expect(installed).toContain(` ${name} `);
});

describe('what only some builders understand is refused', () => {
  test.each([
    ['FROM a AS b\nRUN <<EOF\ntrue\nEOF', 'heredoc'],
    ['FROM a\nRUN true', 'without a name'],
    ['RUN true', 'before the first stage'],
  ])('%j', (text, reason) => {
    expect(() => parseDockerfile(text)).toThrow(reason);
  });
});
