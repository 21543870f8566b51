import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { imagesNamed, inNamespace, labelled } from './change-manifests.ts';
import { type Kustomization, kustomization, type Manifest, manifest } from './kustomization.ts';
import { patched } from './patch-manifests.ts';

/**
 * What `kubectl kustomize <folder>` prints, for machines without kubectl: a test compares the two where it is there. Only
 * what these manifests use is known; anything else throws.
 */
export function render(folder: string): Manifest[] {
  const wanted = kustomization.parse(parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')));
  const objects = [
    ...wanted.resources.flatMap((resource) => readResource(join(folder, resource))),
    ...generated(folder, wanted),
  ];
  const changed = wanted.patches.reduce(
    (before, { path, target }) => patched(before, parse(readFileSync(join(folder, path), 'utf8')), target),
    objects,
  );
  return changed
    .map((object) => (wanted.namespace === undefined ? object : inNamespace(object, wanted.namespace)))
    .map((object) => wanted.labels.reduce((before, { pairs }) => labelled(before, pairs), object))
    .map((object) => imagesNamed(object, wanted.images));
}

function readResource(path: string): Manifest[] {
  if (statSync(path).isDirectory()) return render(path);
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => manifest.parse(document.toJS()));
}

function generated(folder: string, { configMapGenerator, generatorOptions }: Kustomization): Manifest[] {
  if (configMapGenerator.length > 0 && generatorOptions === undefined)
    throw new Error('names with a hash are not known');
  return configMapGenerator.map(({ name, literals, files }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: Object.fromEntries([
      ...literals.map(split),
      ...files.map((file) => {
        const [key, path] = file.includes('=') ? split(file) : [file, file];
        return [key, readFileSync(join(folder, path), 'utf8')];
      }),
    ]),
  }));
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
