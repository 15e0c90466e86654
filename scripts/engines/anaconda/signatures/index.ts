import { builderLacking } from './builder-lacking.ts';
import { configuration } from './configuration.ts';
import { imageMaking } from './image-making.ts';
import { kickstartRefused } from './kickstart-refused.ts';
import { machine } from './machine.ts';
import { packages } from './packages.ts';
import type { Signature } from './signature.ts';

/** Every known way to fail, in the order in which they are tried on a line: by phase, the first table first. */
export const signatures: readonly Signature[] = [
  ...kickstartRefused,
  ...builderLacking,
  ...imageMaking,
  ...packages,
  ...configuration,
  ...machine,
];
