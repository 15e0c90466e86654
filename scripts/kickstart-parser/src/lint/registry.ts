import type { LintRule } from './rule.ts';
import { bootloaderAppendTwice } from './rules/bootloader-append-twice.ts';
import { deadKernelModule } from './rules/dead-kernel-module.ts';
import { dracutListWithoutBlanks } from './rules/dracut-list-without-blanks.ts';
import { emptyPassphrase } from './rules/empty-passphrase.ts';
import { endAction } from './rules/end-action.ts';
import { grubConfigOnEsp } from './rules/grub-config-on-esp.ts';
import { grubDefaultNotApplied } from './rules/grub-default-not-applied.ts';
import { heredocLeftOpen } from './rules/heredoc-left-open.ts';
import { livemediaDisplayMode } from './rules/livemedia-display-mode.ts';
import { livemediaDracutLive } from './rules/livemedia-dracut-live.ts';
import { livemediaNetwork } from './rules/livemedia-network.ts';
import { livemediaRootSize } from './rules/livemedia-root-size.ts';
import { livemediaSingleRoot } from './rules/livemedia-single-root.ts';
import { livemediaSource } from './rules/livemedia-source.ts';
import { logInsideChroot } from './rules/log-inside-chroot.ts';
import { mandatoryAccount } from './rules/mandatory-account.ts';
import { missingCommentSign } from './rules/missing-comment-sign.ts';
import { mountPointTwice } from './rules/mount-point-twice.ts';
import { packageContradiction } from './rules/package-contradiction.ts';
import { plaintextPassword } from './rules/plaintext-password.ts';
import { postWithoutErrorHandling } from './rules/post-without-error-handling.ts';
import { repoNamedUpdates } from './rules/repo-named-updates.ts';
import { servicesTwice } from './rules/services-twice.ts';
import { shellSyntax } from './rules/shell-syntax.ts';
import { smallBootPartition } from './rules/small-boot-partition.ts';
import { weakDependenciesWithoutFirmware } from './rules/weak-dependencies-without-firmware.ts';

/** All lint rules. */
export const LINT_RULES: readonly LintRule[] = [
  bootloaderAppendTwice,
  deadKernelModule,
  dracutListWithoutBlanks,
  emptyPassphrase,
  endAction,
  grubConfigOnEsp,
  grubDefaultNotApplied,
  heredocLeftOpen,
  livemediaDisplayMode,
  livemediaDracutLive,
  livemediaNetwork,
  livemediaRootSize,
  livemediaSingleRoot,
  livemediaSource,
  logInsideChroot,
  mandatoryAccount,
  missingCommentSign,
  mountPointTwice,
  packageContradiction,
  plaintextPassword,
  postWithoutErrorHandling,
  repoNamedUpdates,
  servicesTwice,
  shellSyntax,
  smallBootPartition,
  weakDependenciesWithoutFirmware,
];
