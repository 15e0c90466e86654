import { type Output, outputKinds } from './output.ts';

/** Where livemedia-creator finds and leaves things; paths as the program itself sees them. */
export interface CreatorPaths {
  readonly kickstart: string;
  /** Must not exist: livemedia-creator makes it. */
  readonly result: string;
  readonly temporary: string;
  /** livemedia.log, program.log and anaconda/ end up here. */
  readonly logs: string;
}

export interface CreatorRequest {
  readonly output: Output;
  /** Name of the result without its ending. */
  readonly name: string;
  /** Shown in the boot menu. */
  readonly product: string;
  readonly release: string;
  readonly volumeId: string;
  readonly kernelArguments: readonly string[];
  /** Web proxy for the installation. */
  readonly proxy?: string;
}

/**
 * livemedia-creator's command line. Values stand behind `=`, always: argparse takes a separate word that begins with `-`
 * for an option, and one that begins with `@` for a file of arguments.
 */
export function creatorArguments(request: CreatorRequest, paths: CreatorPaths): [string, ...string[]] {
  const kind = outputKinds[request.output];
  return [
    'livemedia-creator',
    '--no-virt',
    ...kind.options(request.name),
    `--ks=${paths.kickstart}`,
    `--resultdir=${paths.result}`,
    `--tmp=${paths.temporary}`,
    `--logfile=${paths.logs}/livemedia.log`,
    `--project=${request.product}`,
    `--releasever=${request.release}`,
    // The default wants mkfs.hfsplus, which Fedora no longer has, for every output.
    '--nomacboot',
    // Below its minimum Anaconda asks for ENTER, and nobody is there; memory has been looked at before.
    '--anaconda-arg=--nomemcheck',
    // Neither its kickstart nor its logs, which hold the journal of the builder, belong to an image; no %post could remove them.
    '--anaconda-arg=--nosave=all',
    ...(request.output === 'iso'
      ? // The menu of a live ISO does not come from the kickstart's bootloader line.
        [`--volid=${request.volumeId}`, `--extra-boot-args=${request.kernelArguments.join(' ')}`]
      : []),
    ...(request.proxy === undefined ? [] : [`--proxy=${request.proxy}`]),
  ];
}
