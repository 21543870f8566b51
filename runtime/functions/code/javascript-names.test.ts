import { describe, expect, test } from 'vitest';
import { exportedNames } from './javascript-names.ts';

/** How code spells a template's expression; Biome takes it for a mistake in a plain string. */
const EXPRESSION = '$' + '{';

describe('names that a file exports', () => {
  test.each<[string, string[]]>([
    ['export function handler() {}', ['handler']],
    ['export async function handler() {}', ['handler']],
    ['export function* handler() {}', ['handler']],
    ['export const handler = () => {}', ['handler']],
    ['export class Handler {}', ['Handler']],
    ['export let a = 1;\nexport var $b_2 = 2', ['a', '$b_2']],
    ['const a = 1;\nexport { a, a as handler, type A }', ['a', 'handler']],
    ['export default function handler() {}', ['default']],
    ['export default { handler, async run() {}, other: () => ({ inner: 1 }) }', ['default', 'handler', 'run', 'other']],
    ['exports.handler = (event) => event', ['handler']],
    ['module.exports.handler = function () {}', ['handler']],
    ['module.exports = { handler, run: (a, b) => [a, b] }', ['default', 'handler', 'run']],
    ['module.exports = function () {}', ['default']],
    ['export const handler: Handler<Event> = async (e: Event) => ({ a: e as any })', ['handler']],
  ])('%s', (source, names) => {
    expect(exportedNames(source)).toEqual({ defines: names, imports: [] });
  });

  test('a file made to be slow is not', () => {
    const size = 1_000_000;
    for (const part of ['/', 'module.exports={', '${ ', '`', ' ', '{', 'export{', '/*', 'export default {async ']) {
      exportedNames(part.repeat(size / part.length));
    }
    exportedNames(`export default {${' '.repeat(size)}x`);
  });

  test('what is passed on counts as imported', () => {
    expect(exportedNames("export { handler, a as b } from './x.js'")).toEqual({
      defines: [],
      imports: ['handler', 'b'],
    });
  });

  test.each([
    '// export function handler() {}',
    '/* export function handler() {} */',
    '/** export function handler() {}',
    "const text = 'export function handler() {}'",
    'const text = "it\\"s export function handler() {}"',
    'const text = `export function handler() {}`',
    `const text = \`a ${EXPRESSION}b + \`export const handler = ${EXPRESSION}1}\`} export const handler = 1\``,
    'const pattern = /export const handler = [/"`]/',
    'if (x) return /export const handler =/',
    'export type handler = string',
    'export interface handler {}',
    'function handler() {}',
    'exports.handler === 1',
    'my.exports.handler = 1',
    'const { handler } = require("./x")',
  ])('not: %s', (source) => {
    expect(exportedNames(source)).toEqual({ defines: [], imports: [] });
  });

  test.each([
    'const half = a / 2; // "\nexport const handler = 1',
    "const s = 'it is \\'quoted\\''\nexport const handler = 1",
    `const t = \`${EXPRESSION}{ a: \`${EXPRESSION}1}\` }.a}\`\nexport const handler = 1`,
    'const r = x.replace(/["`]/g, "")\nexport const handler = 1',
    'const f = (a) => { return a / 2 } /* ` */\nexport const handler = 1',
    'const x = a[0] / b / c\nexport const handler = 1',
  ])('behind what only looks like a string: %s', (source) => {
    expect(exportedNames(source).defines).toEqual(['handler']);
  });
});
