import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FILE =
  /(?<![\w./-])(?:app|bench|cli|docs|e2e|examples|k8s|lib|runtime|scripts)\/[\w./-]+\.(?:ts|tsx|mjs|py|sh|md|yaml|css)\b/g;
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

test('every file of the project that a comment names is there', () => {
  const sources = globSync('{app,bench,cli,e2e,k8s,lib,runtime,scripts}/**/*.{ts,tsx,mjs,py,sh,yaml,css}', {
    cwd: ROOT,
  });
  const named = sources.flatMap((source) => {
    const comments = readFileSync(join(ROOT, source), 'utf8').match(/^\s*(?:\/\/|\/?\*|#).*$/gm) ?? [];
    const files = comments.join('\n').match(FILE) ?? [];
    return files.map((file) => `${file}, named in ${source}`);
  });
  const gone = named.filter((each) => !existsSync(join(ROOT, each.split(',')[0] ?? '')));
  expect([named.length > 10, gone]).toEqual([true, []]);
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
