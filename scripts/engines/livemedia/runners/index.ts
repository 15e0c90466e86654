import { host } from './host.ts';
import { mock } from './mock.ts';
import { podman } from './podman.ts';
import type { CreatorRunner } from './runner.ts';

/** In the order in which `auto` tries them: the nearest first. */
export const runners: readonly CreatorRunner[] = [host, mock, podman];
