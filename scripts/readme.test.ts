import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDockerfile } from './image/dockerfile.ts';
import { render } from './manifests/render.ts';
import { type Workload, workloads } from './manifests/workloads.ts';

const ROOT = join(import.meta.dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, lines]) => lines).join('\n');
const found = (expression: RegExp) => [...commands.matchAll(expression)].map(([, first = '']) => first);
const images = (pods: readonly Workload[]) => pods.map(({ spec }) => spec.template.spec.containers[0].image);

test('every npm script and program of the project that it calls is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const called = found(/\bnpm (?:run )?(start|test|dev|bench|[a-z:]+)\b/g).filter((name) => name !== 'install');
  expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
  expect(found(/(scripts\/[\w.]+)/g).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe('from clone to cluster by hand', () => {
  test('the images that are built and pushed are those that the overlay names', () => {
    const stages = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).map(({ name }) => name);
    for (const target of found(/docker build --target (\w+)/g)) expect(stages).toContain(target);
    const built = found(/docker build .*--tag (\S+)/g);
    expect(found(/docker push (\S+)/g)).toEqual(built);
    const used = images(workloads(overlayOfTheReadme())).filter((image) => !image.startsWith('redis:'));
    expect([...new Set(used)].toSorted()).toEqual(built.toSorted());
  });

  test('what it waits for, reads and forwards is in the manifests', () => {
    const objects = render(join(ROOT, 'k8s'));
    const names = objects.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
    for (const name of found(/\b((?:deployment|service)\/\w+)/g)) expect(names).toContain(name);
    const [selector = ''] = found(/--selector (\S+)/g);
    const [key = '', value = ''] = selector.split('=');
    const selected = workloads(objects).filter(({ spec }) => spec.template.metadata.labels[key] === value);
    expect(selected.map(({ metadata }) => metadata.name)).toEqual(['web']);
  });

  test('the ConfigMaps and the Secret of the course are those that its pods look for', () => {
    const wanted = JSON.stringify(render(join(ROOT, 'k8s', 'overlays', 'course')));
    for (const name of [...found(/create configmap (\w+)/g), ...found(/create secret generic (\w+)/g)])
      expect(wanted).toContain(`"name":"${name}"`);
    expect(found(/--from-file (\w+)=/g)).toEqual(['pyfile']);
    expect(found(/--overlay (\w+)/g)).toEqual(['course']);
  });
});

function overlayOfTheReadme() {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-readme-'));
  try {
    const [, path = '', text = ''] = /cat > (\S+) <<'END'\n([\s\S]*?)^END$/m.exec(commands) ?? [];
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    symlinkSync(join(ROOT, 'k8s'), join(folder, 'k8s'));
    return render(join(folder, path, '..'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
