import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
  [['a', 1.5, null, -2], 'a,1.5,,-2\r\n'],
  [['a,b', 'say "x"', 'two\r\nlines'], '"a,b","say ""x""","two\r\nlines"\r\n'],
  [['=1+1', '+1', '@x', '-x', '-1.5', '\tx'], `'=1+1,'+1,'@x,'-x,-1.5,'\tx\r\n`],
  [['-2+3+cmd|x', '\n=1'], `'-2+3+cmd|x,"'\n=1"\r\n`],
])('%j', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});
