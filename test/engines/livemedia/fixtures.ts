import { type KickstartVersion, model, parse } from 'kickstart-parser';
import type { MachineFacts } from '../../../scripts/engines/livemedia/machine-facts.ts';
import type { Output } from '../../../scripts/engines/livemedia/output.ts';
import { type LivemediaRequest, planLivemedia } from '../../../scripts/engines/livemedia/plan.ts';
import { runners } from '../../../scripts/engines/livemedia/runners/index.ts';
import type { RunnerId } from '../../../scripts/engines/livemedia/runners/runner.ts';
import type { Plan } from '../../../scripts/plan/index.ts';
import { renderShipped } from '../../render/shipped.ts';

/** A Fedora builder on which everything is there. */
export const builder: MachineFacts = {
  distribution: { id: 'fedora', release: '44', name: 'Fedora Linux 44' },
  isRoot: true,
  groups: ['root'],
  programs: [
    'livemedia-creator',
    'anaconda',
    'ksvalidator',
    'unshare',
    'losetup',
    'qemu-img',
    'mkfs.ext4',
    'mksquashfs',
    'xorriso',
    'mkefiboot',
    'implantisomd5',
    'grub2-mkimage',
    'kpartx',
    'xz',
    'mock',
    'podman',
  ],
  hasLoopDevices: true,
  hasEnglish: true,
  mockConfigurations: ['fedora-44-x86_64'],
  memoryBytes: 8 * 2 ** 30,
  freeBytes: 100 * 2 ** 30,
  worksInTmp: false,
};

/** The smallest kickstart for Fedora. */
export const { kickstart: smallKickstart } = renderShipped('nano', 'fedora-44');

export function kickstartModel(text: string, version: KickstartVersion = 'F44') {
  return model(parse(text, { file: 'test.ks' }), version);
}

interface Wanted {
  readonly output?: Output;
  readonly runner?: RunnerId;
  readonly questions?: LivemediaRequest['questions'];
}

/** A request for the small flavour, as the command makes it. */
export function requestFor(options: Wanted = {}): LivemediaRequest {
  const runner = runners.find(({ id }) => id === (options.runner ?? 'host'));
  if (runner === undefined) throw new Error('no such runner');
  return {
    flavour: 'nano',
    base: 'fedora-44',
    kickstart: smallKickstart,
    isSecret: false,
    kickstartFile: '/out/nano.ks',
    model: kickstartModel(smallKickstart),
    creator: {
      output: options.output ?? 'iso',
      name: 'phyllome-nano-fedora-44',
      product: 'Phyllome OS',
      release: '44',
      volumeId: 'PHYLLOME_NANO',
      kernelArguments: ['console=tty0', 'console=ttyS0,115200'],
    },
    runner,
    at: { runName: 'phyllome-nano', kickstartName: 'nano.ks', containerRecipe: '/checkout/ci/container' },
    questions: options.questions ?? [],
  };
}

export function planFor(options: Wanted = {}): Plan {
  return planLivemedia(requestFor(options));
}

/** The words of livemedia-creator's command line in a plan, whatever runs it. */
export function creatorWords(plan: Plan): readonly string[] {
  const argv: readonly string[] =
    plan.stages.flatMap(({ steps }) => steps).find(({ id }) => id === 'create')?.argv ?? [];
  return argv.slice(argv.indexOf('livemedia-creator') + 1);
}
