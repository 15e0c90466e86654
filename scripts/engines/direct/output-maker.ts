import type { CachedStage } from '../../plan/index.ts';
import type { Privilege } from '../../process/index.ts';
import type { ExactList } from '../exact-packages/index.ts';
import type { DirectBase } from './base.ts';
import type { DiskLayout } from './disk/layout.ts';
import type { InstallerMedium } from './installer/medium.ts';
import type { LiveIso } from './live-iso.ts';

/** What all outputs are made of, besides what the common stages left. */
export interface System extends LiveIso {
  readonly flavour: string;
  /** The name of the base. */
  readonly base: string;
  /** Of a disk. */
  readonly layout?: DiskLayout;
  /** Of a medium that installs. */
  readonly installer?: {
    readonly base: DirectBase;
    readonly medium: InstallerMedium;
    /** Its own packages, where they are locked. */
    readonly locked?: ExactList;
  };
}

/** How an output is made of the finished tree, and which files of it are published. */
export interface OutputMaker {
  /**
   * Everything after the common stages that it takes. Its own has the output's id, comes last, and leaves `sums`: a line
   * `SHA-256  NAME` for each file. What other outputs take, too, is made once.
   */
  stages(system: System, privilege: Privilege): readonly CachedStage[];
  /** The image itself first. */
  files(imageName: string): readonly PublishedFile[];
}

interface PublishedFile {
  /** Whose output it is in. */
  readonly stage: string;
  readonly name: string;
  /** Its path in the build directory. */
  readonly published: string;
}
