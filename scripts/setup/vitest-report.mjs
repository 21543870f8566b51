import { readFileSync } from 'node:fs';

/** Counts what Vitest's JSON report holds, and as one failure each what fails without failing a test. */
export function countTests(reportPath, exitCode) {
  const report = readReport(reportPath);
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const suites = report.testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  });
  const failed = report.numFailedTests + suites.length;
  return {
    passed: report.numPassedTests,
    // An unhandled error, or no test at all, shows in the exit code alone.
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
