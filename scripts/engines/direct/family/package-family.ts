import type { KickstartModel } from 'kickstart-parser';
import type { Accepted, CommandHandler } from '../../../configure/index.ts';
import type { Diagnostic, Span } from '../../../diagnostic/index.ts';
import type { CachedStage, Step } from '../../../plan/index.ts';
import type { Privilege } from '../../../process/index.ts';
import type { ExactList } from '../../exact-packages/index.ts';
import type { DirectBase } from '../base.ts';
import type { DirectLock } from '../locked.ts';
import type { DirectOutput } from '../outputs.ts';

/** An output, and where it is asked for. */
export interface AskedFor {
  readonly id: DirectOutput;
  readonly at?: Span;
}

/**
 * What differs between distributions by how their packages are made: where packages come from, how they get into a root tree, and
 * what their database knows of it. Everything else that the engine does is the same for all.
 */
export interface PackageFamily {
  /** Options of `url`, `repo` and %packages that are honoured. */
  readonly accepted: readonly Accepted[];
  /** How commands are honoured that are another matter here, or only here. */
  readonly handlers: readonly CommandHandler[];
  /** What cannot be honoured of packages and repositories. */
  refuse(model: KickstartModel): readonly Diagnostic[];
  /** Outputs that are not made of this family's systems, with the reason. */
  refuseOutputs(outputs: readonly AskedFor[]): readonly Diagnostic[];
  /** From nothing to `root-tree`: `tools`, `index`, `resolve` and what else it takes. `resolve` leaves a list of exact packages, `lock`. */
  packages(model: KickstartModel, privilege: Privilege, lock?: DirectLock): FamilyPackages;
  readonly database: PackageDatabase;
  readonly loaders: BootLoaders;
}

export interface FamilyPackages {
  readonly stages: readonly CachedStage[];
  /** What the root tree may take, in bytes. */
  readonly rootBytes: number;
  /** What an installer's ISO takes; absent where none is made. */
  readonly installer?: { readonly base: DirectBase; readonly locked?: ExactList };
}

/** How the finished tree is asked for its packages. */
export interface PackageDatabase {
  /** Steps before the facts are noted; they may write into the directory `facts` of the stage `configure`. */
  steps(privilege: Privilege): readonly Step[];
  /** Shell lines for within the tree that note its packages in `directory`, if no step has done it. */
  notes(directory: string): readonly string[];
  /** Shell text for within the tree: leaves in `$owner` the package whose unit file `$file` is, or nothing. */
  unitOwner(scope: 'system' | 'user', directory: string): string;
  /** Shell lines for within the tree that remove what only tells of the installation. */
  readonly forget: readonly string[];
  /** Shell text, $0: the tree, $1: where to write: `owners`, lines `PACKAGE <tab> PATH`, and `licences`, lines `PACKAGE <tab> LICENCE`. */
  readonly files: string;
  /** The tree whose programs read it. */
  readonly tools: string;
  /** Files have labels of a policy that the tree may have. */
  readonly hasLabels: boolean;
}

/** Where what firmware starts comes from. */
export type BootLoaders = 'tools tree' | 'root tree';
