import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { checkout } from '../render/shipped.ts';

/** A step of a job of GitHub's, Forgejo's or Gitea's kind. */
export interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
}

export interface Workflow {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const text = (file: string): string => readFileSync(path.join(checkout, file), 'utf8');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(checkout, folder)).map((name) => `${folder}/${name}`);

export const githubWorkflows = filesIn('.github/workflows');
export const forgejoWorkflows = filesIn('.forgejo/workflows');
export const action = '.github/actions/image/action.yml';

export const workflow = (file: string): Workflow => parse(text(file)) as Workflow;

/** Steps of all jobs of a workflow, or of an action. */
export function stepsOf(file: string): readonly Step[] {
  if (file === action) return (parse(text(file)) as { readonly runs: { readonly steps: readonly Step[] } }).runs.steps;
  return Object.values(workflow(file).jobs).flatMap(({ steps = [] }) => steps);
}

/** Shell lines of the jobs of GitLab's files, after the inputs that they declare. */
export function gitlabScripts(file: string): readonly string[] {
  const documents = parseAllDocuments(text(file)).map((one) => one.toJS() as Readonly<Record<string, unknown>>);
  const jobs = Object.values(documents.at(-1) ?? {}) as readonly { readonly script?: readonly string[] }[];
  return jobs.flatMap(({ script = [] }) => script);
}
