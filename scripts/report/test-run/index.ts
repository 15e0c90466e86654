/** What is told of test runs: pages, tables and words, and where they lie. */
export { formatTestRuns, type TestFormat, testFormats } from './formats.ts';
export { leaveEvidence, leaveRate, leaveReport } from './leave-evidence.ts';
export { cell, row } from './markdown-table.ts';
export { rateInWords, rateOf } from './rate.ts';
export { summarizeScenarios, writeScenarios } from './scenarios.ts';
export { summarizeTestRun } from './summary.ts';
export { writeTestRun } from './write-test-run.ts';
