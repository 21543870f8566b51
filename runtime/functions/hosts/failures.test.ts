import { expect, test } from 'vitest';
import { readOwnFailure } from '#lib/functions/failure-sentences';
import { describeExit } from '#runtime/supervise/child';
import { endedFailure, timeoutFailure } from './failures.ts';

test('what a runtime says of an end is known again by whoever shows it', () => {
  const read = (failure: { message: string }) => readOwnFailure(failure.message);
  expect(read(timeoutFailure(300))).toEqual({ is: 'timeout', seconds: 0.3, digits: 2 });
  expect(read(endedFailure('exit', describeExit({ code: 3, signal: null })))).toEqual({
    is: 'exited',
    code: '3',
    isLoading: false,
  });
  expect(read(endedFailure('init', describeExit({ code: null, signal: 'SIGSEGV' })))).toEqual({
    is: 'killed',
    signal: 'SIGSEGV',
    isLoading: true,
  });
});
