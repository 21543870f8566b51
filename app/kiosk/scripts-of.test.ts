import { expect, test } from 'vitest';
import { scriptsOf } from './scripts-of.ts';

test('the scripts of a page, without what is only text in it', () => {
  const html =
    '<script nonce="a" src="/_next/static/chunks/a1.js?dpl=2" async=""></script><script>src="/b.js"</script>';
  expect(scriptsOf(html)).toEqual(['/_next/static/chunks/a1.js']);
});
