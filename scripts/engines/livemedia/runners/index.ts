import { host } from './host.ts';
import { mock } from './mock.ts';
import { podman } from './podman.ts';
import type { Runner } from './runner.ts';

/** In the order in which `auto` tries them: the nearest first. */
export const runners: readonly Runner[] = [host, mock, podman];
