import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { findExecutable } from '#runtime/supervise/find-executable';
import { unknownFields, valueProblem } from './check-schemas.ts';
import { type Manifest, manifest } from './kustomization.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const kubectl = findExecutable('kubectl', process.env.PATH ?? '');
const operations = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');
const sections = operations.split(/^##+ /m).map((text) => ({ heading: text.split('\n')[0], text }));

/** The overlays as people would write them, and those of which only the patches are shown as overlays of the base. */
const overlays = sections.flatMap(({ heading, text }) =>
  [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map(([, block = '']) => block)
    .filter((block) => /^(kind: Kustomization|patches:)$/m.test(block))
    .map((block) =>
      block.startsWith('patches:') ? `resources:\n  - https://somewhere/vigia//k8s?ref=v1\n${block}` : block,
    )
    .map((overlay) => ({ heading, overlay })),
);

function rendered(overlay: string): Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-overlay-'));
  try {
    // What the address of a repository leads to.
    const ours = overlay.replaceAll(/https:\S+?\/\/(k8s[\w/-]*)\?ref=\S+/g, (_, path) =>
      relative(folder, join(ROOT, path)),
    );
    writeFileSync(join(folder, 'kustomization.yaml'), ours);
    const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'test', KUBECONFIG: '/dev/null' } as const;
    const { stdout, stderr } = spawnSync(kubectl ?? '', ['kustomize', folder], { encoding: 'utf8', env });
    expect(stderr).toBe('');
    return parseAllDocuments(stdout).map((document) => manifest.parse(document.toJS()));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the overlays are found', () => expect(overlays.length).toBeGreaterThanOrEqual(4));

describe.skipIf(kubectl === null)('an overlay that operations.md shows', () => {
  test.each(overlays)('under “$heading” changes something into what its schema says', async ({ overlay }) => {
    const objects = rendered(overlay);
    const before = rendered(`resources:${/\n {2}- https.*/.exec(overlay)?.[0]}`);
    expect(objects).not.toEqual(before);
    for (const object of objects)
      expect([object.metadata.name, await valueProblem(object)]).toEqual([object.metadata.name, '']);
    expect(unknownFields(objects)).toBe('');
  });
});
