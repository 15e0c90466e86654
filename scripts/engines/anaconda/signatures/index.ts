import { anacondaFailed } from './anaconda-failed.ts';
import { authselectProgram } from './authselect-program.ts';
import { busyMounts } from './busy-mounts.ts';
import { displayMode } from './display-mode.ts';
import { downloadFailed } from './download-failed.ts';
import { dracutFailed } from './dracut-failed.ts';
import { dracutLiveMissing } from './dracut-live-missing.ts';
import { dracutModule } from './dracut-module.ts';
import { efibootImage } from './efiboot-image.ts';
import { emergencyShell } from './emergency-shell.ts';
import { emptyTree } from './empty-tree.ts';
import { firewallProgram } from './firewall-program.ts';
import { gpgCheck } from './gpg-check.ts';
import { hfsplus } from './hfsplus.ts';
import { httpStatus } from './http-status.ts';
import { imageExists } from './image-exists.ts';
import { installMethod } from './install-method.ts';
import { installerAsks } from './installer-asks.ts';
import { kernelPanic } from './kernel-panic.ts';
import { kickstartMissing } from './kickstart-missing.ts';
import { kickstartReading } from './kickstart-reading.ts';
import { kickstartSyntax } from './kickstart-syntax.ts';
import { kvmCpu } from './kvm-cpu.ts';
import { logDirectory } from './log-directory.ts';
import { loopMountFailed } from './loop-mount-failed.ts';
import { losetupFailed } from './losetup-failed.ts';
import { moduleCrashed } from './module-crashed.ts';
import { noAnaconda } from './no-anaconda.ts';
import { noBiosModules } from './no-bios-modules.ts';
import { noDracut } from './no-dracut.ts';
import { noEfiFiles } from './no-efi-files.ts';
import { noFirmware } from './no-firmware.ts';
import { noInitrd } from './no-initrd.ts';
import { noKernel } from './no-kernel.ts';
import { noLoopDevice } from './no-loop-device.ts';
import { noNetworkLine } from './no-network-line.ts';
import { noPartition } from './no-partition.ts';
import { noQemu } from './no-qemu.ts';
import { noRepomd } from './no-repomd.ts';
import { noRepository } from './no-repository.ts';
import { noShim } from './no-shim.ts';
import { noSpaceForPackages } from './no-space-for-packages.ts';
import { noSpaceLeft } from './no-space-left.ts';
import { noStage2 } from './no-stage2.ts';
import { noSuchPackage } from './no-such-package.ts';
import { notRoot } from './not-root.ts';
import { outOfMemory } from './out-of-memory.ts';
import { packageConflict } from './package-conflict.ts';
import { partWithoutSize } from './part-without-size.ts';
import { pidFile } from './pid-file.ts';
import { qemuImgMissing } from './qemu-img-missing.ts';
import { repoWithoutUrl } from './repo-without-url.ts';
import { resultExists } from './result-exists.ts';
import { rootTooSmall } from './root-too-small.ts';
import { rootfsType } from './rootfs-type.ts';
import { runtimeFailed } from './runtime-failed.ts';
import { scriptFailed } from './script-failed.ts';
import { scriptlet } from './scriptlet.ts';
import { selectionErrors } from './selection-errors.ts';
import type { Signature } from './signature.ts';
import { singleRoot } from './single-root.ts';
import { spokes } from './spokes.ts';
import { staleMount } from './stale-mount.ts';
import { templateError } from './template-error.ts';
import { templatesMissing } from './templates-missing.ts';
import { timeout } from './timeout.ts';
import { traceback } from './traceback.ts';
import { transactionErrors } from './transaction-errors.ts';
import { transactionPackage } from './transaction-package.ts';
import { unknownService } from './unknown-service.ts';
import { unreachable } from './unreachable.ts';
import { unresolvable } from './unresolvable.ts';
import { virtualWithoutShutdown } from './virtual-without-shutdown.ts';
import { volumeIdTooLong } from './volume-id-too-long.ts';
import { watcher } from './watcher.ts';

/** In the order in which they are tried on a line: livemedia-creator's checks, devices, the image, packages, configuration, the machine. */
export const signatures: readonly Signature[] = [
  dracutLiveMissing,
  displayMode,
  partWithoutSize,
  noPartition,
  noNetworkLine,
  installMethod,
  repoWithoutUrl,
  singleRoot,
  virtualWithoutShutdown,
  resultExists,
  volumeIdTooLong,
  hfsplus,
  noAnaconda,
  noQemu,
  kickstartMissing,
  templatesMissing,
  logDirectory,
  notRoot,
  imageExists,
  qemuImgMissing,
  noLoopDevice,
  losetupFailed,
  loopMountFailed,
  efibootImage,
  runtimeFailed,
  rootfsType,
  noKernel,
  noInitrd,
  emptyTree,
  dracutModule,
  dracutFailed,
  noDracut,
  noBiosModules,
  noShim,
  noEfiFiles,
  templateError,
  noSpaceForPackages,
  rootTooSmall,
  noSpaceLeft,
  noSuchPackage,
  unresolvable,
  packageConflict,
  selectionErrors,
  downloadFailed,
  noRepomd,
  unreachable,
  httpStatus,
  noRepository,
  gpgCheck,
  scriptlet,
  transactionPackage,
  transactionErrors,
  unknownService,
  scriptFailed,
  kickstartSyntax,
  kickstartReading,
  spokes,
  firewallProgram,
  authselectProgram,
  pidFile,
  staleMount,
  moduleCrashed,
  timeout,
  outOfMemory,
  busyMounts,
  watcher,
  kvmCpu,
  noStage2,
  noFirmware,
  installerAsks,
  emergencyShell,
  kernelPanic,
  traceback,
  anacondaFailed,
];
