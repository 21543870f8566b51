import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const documents = globSync('{*.md,docs/**/*.md,examples/**/*.md}', { cwd: ROOT }).toSorted();

test('the documents are found', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/operations.md']));
});

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');

  test('every link leads to what is there', () => {
    expect(linksOf(text).filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });

  test('every file of the project that it names is there', () => {
    expect(filesOf(text).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

/** Links and images, in Markdown and in HTML, that are not to another site. */
function linksOf(text: string): string[] {
  const prose = withoutCode(text);
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
  return found.map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
}

/** Such as `lib/keys.ts`, when the whole path is told. */
function filesOf(text: string): string[] {
  const found = text.matchAll(/`((?:app|bench|cli|docs|e2e|examples|k8s|lib|runtime|scripts)\/[\w./-]+\.\w+)`/g);
  return [...found].map(([, file = '']) => file);
}

function leadsSomewhere(document: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = join(ROOT, path === '' ? document : join(dirname(document), path));
  if (!existsSync(target)) return false;
  return heading === undefined || anchorsOf(readFileSync(target, 'utf8')).includes(heading);
}

/** As the places that show Markdown make them of headings. */
function anchorsOf(text: string): string[] {
  const headings = [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, words = '']) => words);
  return headings.map((words) =>
    words
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '');
}
