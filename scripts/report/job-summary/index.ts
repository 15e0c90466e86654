/** What a job of continuous integration came to: its image beside that of the target branch, for people and for later steps. */
export { jobOutputs, jobSummary } from './job-summary.ts';
