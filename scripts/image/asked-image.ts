import type { RenderedMap } from '../render/index.ts';
import type { ImageKind } from './manifest.ts';

/** What an image was asked to be, whoever makes it. */
export interface AskedImage {
  readonly flavour: string;
  readonly base: string;
  readonly kind: ImageKind;
  readonly kernelArguments: readonly string[];
  readonly map: RenderedMap;
  readonly accountsWithPassword: readonly string[];
  /** Name of the image file in the build directory. */
  readonly fileName: string;
}
