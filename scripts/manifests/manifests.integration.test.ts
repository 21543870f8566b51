import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { findExecutable } from '#runtime/supervise/find-executable';
import { unknownFields, valueProblem } from './check-schemas.ts';
import { type Manifest, manifest } from './kustomization.ts';
import { render } from './render.ts';
import { workloads } from './workloads.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const K8S = join(ROOT, 'k8s');
const folders = {
  base: K8S,
  'existing-redis': join(K8S, 'overlays', 'existing-redis'),
  'without-jobs': join(K8S, 'overlays', 'without-jobs'),
  course: join(K8S, 'overlays', 'course'),
};
const overlays = Object.entries(folders).map(([name, folder]) => ({ name, folder, objects: render(folder) }));
const nameOf = ({ kind, metadata }: Manifest) => `${metadata.namespace ?? ''}/${kind}/${metadata.name}`;
const sorted = (objects: readonly Manifest[]) => objects.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
const kubectl = findExecutable('kubectl', process.env.PATH ?? '');

describe.each(overlays)('$name', ({ folder, objects }) => {
  test.each(objects.map((object) => ({ name: nameOf(object), object })))(
    '$name is what its schema says',
    async ({ object }) => {
      expect(await valueProblem(object)).toBe('');
    },
  );

  test('no object has a field that Kubernetes does not know', () => {
    expect(unknownFields(objects)).toBe('');
  });

  test.skipIf(kubectl === null)('kubectl renders the same', () => {
    const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'test', KUBECONFIG: '/dev/null' } as const;
    const { stdout, stderr } = spawnSync(kubectl ?? '', ['kustomize', folder], { encoding: 'utf8', env });
    expect(stderr).toBe('');
    const theirs = parseAllDocuments(stdout).map((document) => manifest.parse(document.toJS()));
    expect(sorted(objects)).toEqual(sorted(theirs));
  });

  test('no two objects have one name', () => {
    expect(new Set(objects.map(nameOf)).size).toBe(objects.length);
  });
});

describe('the check itself', () => {
  const [deployment] = render(folders.course).filter(({ kind }) => kind === 'Deployment');
  const broken = (change: object) => manifest.parse({ ...deployment, ...change });

  test('a value of another type is found', async () => {
    const spec = { ...Object(deployment?.spec), replicas: 'two' };
    expect(await valueProblem(broken({ spec }))).toContain('replicas');
  });

  test('a misspelt field is found', () => {
    const spec = { ...Object(deployment?.spec), replcas: 2 };
    expect(unknownFields([broken({ spec })])).toContain('replcas');
  });

  test('a kind that does not exist is found', async () => {
    expect(await valueProblem(broken({ kind: 'Deploiment' }))).toBe('apps/v1 has no Deploiment');
  });
});

test('the application of Argo CD is for the folder that there is', () => {
  const { spec } = parse(readFileSync(join(K8S, 'argocd', 'application.yaml'), 'utf8'));
  expect(spec.source.path).toBe('k8s');
  expect(spec.destination.namespace).toBe('vigia');
});

test('the application of Argo CD names every image of ours, at a place that nobody has', () => {
  const { spec } = parse(readFileSync(join(K8S, 'argocd', 'application.yaml'), 'utf8'));
  const images: string[] = spec.source.kustomize.images;
  const used = workloads(render(K8S)).map((each) => each.spec.template.spec.containers[0].image.split(':')[0]);
  const named = images.map((image) => image.split('=')[0]);
  expect(new Set(used)).toEqual(new Set(['redis', ...named]));
  for (const image of images) expect(image).toMatch(/^([\w-]+)=registry\.example\.com\/team\/\1:v[\d.]+$/);
});
