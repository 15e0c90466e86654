import type { RenderedMap } from '../render/index.ts';

/** What a build was asked for, whoever makes it. */
export interface AskedImage {
  readonly flavour: string;
  readonly base: string;
  readonly kernelArguments: readonly string[];
  readonly map: RenderedMap;
  readonly accountsWithPassword: readonly string[];
}
