import { afterEach, expect, test, vi } from 'vitest';
import { createLog, lineWriter, logConsole } from './log.ts';

/** Colours, the clipboard (OSC 52), a C1 introducer, text that turns round, and a line that would pass for another one. */
const HOSTILE = 'a\u001b[31mb\u001b]52;c;aGk=\u0007c\u009b31md\u202ee\u2066f\r\ng\u2028h';

afterEach(() => void vi.restoreAllMocks());

async function written(readable: boolean, write?: string): Promise<string> {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += chunk;
    return true;
  });
  const writer = await lineWriter(readable);
  if (write === undefined) createLog('test', 'info', writer).info({ path: HOSTILE }, HOSTILE);
  else writer(write);
  vi.restoreAllMocks();
  return text;
}

test('a line of JSON is one line, holds no character that a terminal obeys, and still says the same', async () => {
  const line = await written(false);
  expect(line).toMatch(/^[^\p{Cc}\p{Bidi_C}\u2028\u2029]+\n$/u);
  expect(JSON.parse(line)).toMatchObject({ msg: HOSTILE, path: HOSTILE });
});

test('for people it is one line as well, with colours of its own only', async () => {
  const line = await written(true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  expect(line.replaceAll(/\u001b\[\d\d?m/g, '')).toMatch(/^[^\p{Cc}\p{Bidi_C}\u2028\u2029]+\n$/u);
  expect(line).toContain('a\\u001b[31mb\\u001b]52;c;aGk=\\u0007c\\u009b31md\\u202ee\\u2066f\\r\\ng\\u2028h');
});

test.each(['{"half a line', 'plain "words" \\ and all'])(
  'what is no line of a log is written as well: %s',
  async (text) => {
    expect(await written(true, text)).toContain(text);
    expect(await written(false, text)).toBe(`${text}\n`);
  },
);

test('quotes and backslashes in a message are shown as they are', async () => {
  const line = JSON.stringify({ level: 30, msg: 'C:\\new "file"' });
  expect(await written(true, line)).toContain('C:\\new "file"');
});

test('what a library prints is in the log, line by line, as what it is', () => {
  const said: unknown[] = [];
  const before = { ...console };
  logConsole(createLog('test', 'info', (line) => said.push(JSON.parse(line))));
  try {
    const library = { ...console };
    library.log(' \u001b[32m✓\u001b[0m ready in %d ms', 11);
    library.error('it failed\n    at once\n');
    library.debug('too much');
  } finally {
    Object.assign(console, before);
  }
  expect(said).toMatchObject([
    { level: 30, msg: '✓ ready in 11 ms' },
    { level: 50, msg: 'it failed' },
    { level: 50, msg: 'at once' },
  ]);
});
