import { type Verbs, verb } from '../command-line/index.ts';

/** All verbs, in the order in which help tells them. A file is loaded when its verb is asked for. */
export const verbs: Verbs = {
  list: verb(() => import('./list.ts')),
  new: verb(() => import('./new.ts')),
  render: verb(() => import('./render.ts')),
  docs: verb(() => import('./docs.ts')),
  lint: verb(() => import('./lint.ts')),
  show: verb(() => import('./show.ts')),
  why: verb(() => import('./why.ts')),
  diff: verb(() => import('./diff.ts')),
  lock: verb(() => import('./lock.ts')),
  build: verb(() => import('./build.ts')),
  sbom: verb(() => import('./sbom.ts')),
  cves: verb(() => import('./cves.ts')),
  posture: verb(() => import('./posture.ts')),
  size: verb(() => import('./size.ts')),
  sign: verb(() => import('./sign.ts')),
  verify: verb(() => import('./verify.ts')),
  release: verb(() => import('./release.ts')),
  trend: verb(() => import('./trend.ts')),
  test: verb(() => import('./test.ts')),
  summary: verb(() => import('./summary.ts')),
  installer: verb(() => import('./installer.ts')),
  checks: verb(() => import('./checks.ts')),
  run: verb(() => import('./run.ts')),
  write: verb(() => import('./write.ts')),
  shell: verb(() => import('./shell.ts')),
  replay: verb(() => import('./replay.ts')),
  doctor: verb(() => import('./doctor.ts')),
  'cache list': verb(() => import('./cache-list.ts')),
  'cache prune': verb(() => import('./cache-prune.ts')),
  'cache export': verb(() => import('./cache-export.ts')),
  'cache import': verb(() => import('./cache-import.ts')),
  completion: verb(() => import('./completion.ts')),
  complete: verb(() => import('./complete.ts')),
  'hardware probe': verb(() => import('./hardware-probe.ts')),
  'hardware check': verb(() => import('./hardware-check.ts')),
};

/** What verbs of two words are about that begin alike. */
export const groups = {
  cache: 'look after what builds keep: its size, its limit, taking it along',
  hardware: 'describe a computer, and judge it as a host',
};
