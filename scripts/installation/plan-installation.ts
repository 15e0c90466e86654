import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic } from '../diagnostic/index.ts';
import { refuseAnswers } from './answers/refuse-answers.ts';
import type { RootTree } from './answers/root-tree.ts';
import type { KnownDisks } from './causes.ts';
import type { Computer } from './computer/computer.ts';
import type { Medium } from './medium/medium.ts';
import { copySteps } from './steps/copy-steps.ts';
import { closingSteps, diskSteps, lateMounts } from './steps/disk-steps.ts';
import { loaderSteps } from './steps/loader-steps.ts';
import type { Step } from './steps/step.ts';
import { systemSteps } from './steps/system-steps.ts';
import type { Layout } from './storage/layout.ts';
import { type PlannedLayout, planLayout } from './storage/plan-layout.ts';
import { asksForTpm } from './storage/refuse-storage.ts';

export interface Installation {
  /** In order. The loaders come last: what is interrupted does not start by half. */
  readonly steps: readonly Step[];
  /** Always, however the others ended. */
  readonly closing: readonly Step[];
  readonly layout: Layout;
  /** By their names, as the kernel speaks of them. */
  readonly disks: KnownDisks;
  readonly end: End;
}

export interface End {
  readonly action: 'reboot' | 'poweroff' | 'halt';
  readonly eject: boolean;
}

export interface PlannedInstallation {
  /** Absent where a finding is an error. */
  readonly installation?: Installation;
  readonly disks: PlannedLayout['disks'];
  readonly findings: readonly Diagnostic[];
}

export interface InstallationRequest {
  readonly model: KickstartModel;
  readonly computer: Computer;
  readonly medium: Medium;
  readonly tree: RootTree;
  /** Another UUID each time. */
  readonly newUuid: () => string;
}

/** Decides everything that an installation does. Nothing is written while this is made, and nothing is left open afterwards. */
export function planInstallation(request: InstallationRequest): PlannedInstallation {
  const { model, computer, medium, tree, newUuid } = request;
  const { layout, disks, findings: ofStorage } = planLayout(model, computer, medium, newUuid);
  const refused = [...refuseAnswers(model, tree), ...ofStorage];
  const findings = [...refused, ...warnNobody(model)];
  if (layout === undefined || refused.length > 0) return { disks, findings };
  const wantsTpm = asksForTpm(model.commands.bootloader?.appendLine);
  return {
    disks,
    findings,
    installation: {
      layout,
      steps: [
        ...diskSteps(layout, computer, wantsTpm),
        ...copySteps(medium, layout),
        ...systemSteps(model, layout, medium, tree.packages),
        ...lateMounts(layout),
        ...loaderSteps(model, layout, medium, computer.firmware),
      ],
      closing: closingSteps(layout),
      disks: knownDisks(layout, computer),
      end: endOf(model),
    },
  };
}

function knownDisks(layout: Layout, computer: Computer): KnownDisks {
  const medium = computer.disks.find(({ isMedium }) => isMedium)?.name;
  return { targets: layout.disks.map(({ disk }) => disk.name), ...(medium !== undefined && { medium }) };
}

/** An installed system that lets nobody in is seldom what was meant; it may be, where a %post or the flavour brings somebody. */
function warnNobody({ commands, scripts }: KickstartModel): Diagnostic[] {
  const letsIn =
    commands.sshkey.length > 0 ||
    commands.user.some(({ password, lock }) => password !== undefined && !lock) ||
    (commands.rootpw?.password ?? '') !== '' ||
    scripts.length > 0;
  if (letsIn) return [];
  return [
    {
      code: 'nobody-can-log-in',
      severity: 'warning',
      message: 'the answers let nobody in: no user with a password, no SSH key',
      hint: 'Add `user --name=… --groups=sudo --password=… --iscrypted` or `sshkey --username=… "…"`.',
    },
  ];
}

/** Without a word the computer is switched off: one that starts again may start from the medium again. */
function endOf({ commands }: KickstartModel): End {
  const asked = commands.reboot;
  const action = asked?.action ?? 'poweroff';
  return { action: action === 'shutdown' ? 'poweroff' : action, eject: asked?.eject === true };
}
