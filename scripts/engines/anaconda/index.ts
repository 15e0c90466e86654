export { explainStep } from './explain-step.ts';
export { readEvidence } from './failure/evidence.ts';
export { explainBuildFailure } from './failure/explain.ts';
export { publishInstalled, sumsIn, textsOfLogs } from './publish-installed.ts';
export { readForAnaconda, refuseForeignBase } from './read-for-anaconda.ts';
export { takeResults } from './take-results.ts';
export { type InstallPhase, installPhases } from './watch/phases.ts';
export { type InstallerOutcome, runInstaller } from './watch/run-installer.ts';
