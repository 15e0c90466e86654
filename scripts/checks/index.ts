import type { Check } from './check.ts';
import { desktopSession } from './desktop-session.ts';
import { disabledUnitsNotRunning } from './disabled-units-not-running.ts';
import { doctor } from './doctor.ts';
import { enabledUnits } from './enabled-units.ts';
import { firstUserWizard } from './first-user-wizard.ts';
import { guestTemplates } from './guest-templates.ts';
import { handedOver } from './handed-over.ts';
import { idleMemory } from './idle-memory.ts';
import { iommuGroups } from './iommu-groups.ts';
import { kernelArguments } from './kernel-arguments.ts';
import { keysKeepGuests } from './keys-keep-guests.ts';
import { kioskSession } from './kiosk-session.ts';
import { kvmNested } from './kvm-nested.ts';
import { libvirtAnswers } from './libvirt-answers.ts';
import { listeningSockets } from './listening-sockets.ts';
import { loginPrompt } from './login-prompt.ts';
import { machineIdentity } from './machine-identity.ts';
import { noDefaultPassword } from './no-default-password.ts';
import { noFailedUnits } from './no-failed-units.ts';
import { noOpenLogin } from './no-open-login.ts';
import { presetKept } from './preset-kept.ts';
import { protection } from './protection.ts';
import { reachedMultiUser } from './reached-multi-user.ts';
import { runningServices } from './running-services.ts';
import { swtpmTpm2 } from './swtpm-tpm2.ts';
import { systemName } from './system-name.ts';
import { vfioLoaded } from './vfio-loaded.ts';

export {
  type AnyImageCheck,
  type AnyImageContext,
  type Check,
  type CheckContext,
  type CheckOutcome,
  type CheckResult,
  type CheckStatus,
  failed,
  type ImagePart,
  type Needs,
  passed,
} from './check.ts';
export { askDoctor } from './doctor.ts';
export { parseMemoryInformation } from './idle-memory.ts';
export { notThereOnce } from './kernel-arguments.ts';
export { noFailedUnits } from './no-failed-units.ts';
export { reachedMultiUser } from './reached-multi-user.ts';
export { selectChecks } from './select.ts';
export { startingCheck } from './starting-check.ts';

/**
 * Every check there is, in the order they run: those that only look come first, then the measurements of an idle host,
 * then those that start something in the guest.
 */
export const allChecks: readonly Check[] = [
  reachedMultiUser,
  noFailedUnits,
  kernelArguments,
  presetKept,
  enabledUnits,
  disabledUnitsNotRunning,
  listeningSockets,
  machineIdentity,
  loginPrompt,
  systemName,
  noDefaultPassword,
  protection,
  noOpenLogin,
  keysKeepGuests,
  kvmNested,
  vfioLoaded,
  handedOver,
  iommuGroups,
  runningServices,
  idleMemory,
  doctor,
  kioskSession,
  firstUserWizard,
  desktopSession,
  libvirtAnswers,
  guestTemplates,
  swtpmTpm2,
];
