import type { Check, Needs } from '../checks/index.ts';

/** A situation that hosts come into, and what must hold then. One file each; `index.ts` lists them. */
export interface Scenario {
  /** Stable identifier, kebab-case. */
  readonly id: string;
  /** What happens, a few words. */
  readonly title: string;
  /** What a pass proves, one or two sentences. */
  readonly proves: string;
  /** Names of topologies in scripts/lab/topologies, whatever others have these names: the scenario is played on each of them. */
  readonly topologies: readonly string[];
  /** An image without these does not get into the situation: the scenario is left out for it. */
  readonly needs?: Pick<Needs, 'image' | 'components'>;
  /** The questions that the image's own manifest asks, or these, in their order. */
  readonly checks: 'of-the-image' | readonly Check[];
  /** It takes minutes: it is played when it is named and with `all`, and left out of `usual`. */
  readonly slow?: true;
  /** The image is changed first, in a copy; it must then not boot. */
  readonly tampering?: Tampering;
}

/** How an image is spoiled, and the words on the console by which the machine refuses it. */
export interface Tampering {
  readonly of: 'kernel';
  readonly refusal: RegExp;
}
