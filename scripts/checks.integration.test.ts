import { expect, test } from 'vitest';
import { at, calls, callsOf, projectForEachTest, vigia } from './support/launcher-project.ts';

projectForEachTest();

function report(counts: { passed?: number; failed?: number; skipped?: number }, testResults: object[] = []): string {
  const { passed = 0, failed = 0, skipped = 0 } = counts;
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults,
  });
}

test('npm test runs everything, and ends with the sum', async () => {
  const { code, stdout, lastLine } = await vigia('test', { env: { FAKE_REPORT: report({ passed: 10, skipped: 2 }) } });
  expect({ code, lastLine }).toEqual({ code: 0, lastLine: '13 passed, 0 failed, 2 skipped' });
  expect(stdout).toContain(`browser ${at('path', 'chromium')}`);
  const steps = ['next build', 'biome check .', 'next typegen', 'tsc ', 'vitest run'];
  const seen = calls().filter((call) => !/^(npm|python3) /.test(call));
  expect(seen.map((call, index) => call.slice(0, steps[index]?.length))).toEqual(steps);
});

test('every step runs although one before it failed', async () => {
  const env = { FAKE_FAILING: 'next biome tsc', FAKE_REPORT: report({ passed: 1, failed: 1 }), FAKE_VITEST_CODE: '1' };
  expect(await vigia('test', { env })).toMatchObject({ code: 1, lastLine: '1 passed, 4 failed' });
});

test.each([
  ['no report', undefined, '1', '3 passed, 1 failed'],
  ['an unhandled error', report({ passed: 5 }), '1', '8 passed, 1 failed'],
  [
    'a suite without tests',
    report({ passed: 5 }, [{ status: 'failed', assertionResults: [] }]),
    '1',
    '8 passed, 1 failed',
  ],
  [
    'a suite whose test failed',
    report({ passed: 5, failed: 1 }, [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]),
    '1',
    '8 passed, 1 failed',
  ],
])('a failure is counted once: %s', async (_, fakeReport, exitCode, expected) => {
  const env = { FAKE_VITEST_CODE: exitCode, ...(fakeReport === undefined ? {} : { FAKE_REPORT: fakeReport }) };
  expect(await vigia('test', { env })).toMatchObject({ code: 1, lastLine: expected });
});

test('arguments of npm test go to Vitest alone', async () => {
  const env = { FAKE_REPORT: report({ passed: 4 }) };
  const { code, lastLine } = await vigia('test', { env, args: ['lib/series'] });
  expect({ code, lastLine }).toEqual({ code: 0, lastLine: '4 passed, 0 failed' });
  expect(callsOf('vitest')[0]).toMatch(/^vitest run .+ lib\/series$/);
  expect([...callsOf('next'), ...callsOf('biome'), ...callsOf('tsc')]).toEqual([]);
});

test('a browser that is named and missing is an error', async () => {
  const { code, stderr } = await vigia('test', { env: { PLAYWRIGHT_CHROMIUM: '/nowhere/chromium' } });
  expect(code).toBe(1);
  expect(stderr).toContain('PLAYWRIGHT_CHROMIUM is /nowhere/chromium, which is not a program here');
});
