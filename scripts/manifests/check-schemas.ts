import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from './kustomization.ts';

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

/** What Kubernetes' own schemas say against an object's values; '' for nothing. */
export async function valueProblem(object: Manifest): Promise<string> {
  const module = `kubernetes-models/${object.apiVersion}`;
  const models: Record<string, unknown> = await import(/* @vite-ignore */ module);
  const Model = models[object.kind];
  if (typeof Model !== 'function') return `${object.apiVersion} has no ${object.kind}`;
  try {
    Reflect.construct(Model, [object]).validate();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Fields that Kubernetes does not know. Its schemas leave them open, and its server drops them, so a misspelt field is
 * silently none; the types that are made of the same schemas do not: the objects are given to the compiler as literals.
 */
export function unknownFields(objects: readonly Manifest[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-manifests-'));
  try {
    symlinkSync(MODULES, join(folder, 'node_modules'));
    const lines = objects.map((object, index) => {
      const type = `import('kubernetes-models/${object.apiVersion}').I${object.kind}`;
      return `export const object${index}: ${type} = ${JSON.stringify(object, null, 1)};`;
    });
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    writeFileSync(join(folder, 'objects.ts'), lines.join('\n'));
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'esnext',
      '--types',
      '',
    ];
    const { stdout } = spawnSync(join(MODULES, '.bin', 'tsc'), [...options, 'objects.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
