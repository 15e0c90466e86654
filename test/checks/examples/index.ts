import { desktopExamples } from './desktop.ts';
import type { Example } from './example.ts';
import { wizardExamples } from './first-user-wizard.ts';
import { guestTemplateExamples } from './guest-templates.ts';
import { hostExamples } from './host.ts';
import { kioskExamples } from './kiosk.ts';
import { loginPromptExamples } from './login-prompt.ts';
import { securityExamples } from './security.ts';
import { systemExamples } from './system.ts';
import { systemNameExamples } from './system-name.ts';

export { type Example, outcomeOf, wantedOf } from './example.ts';

/** Of every check in scripts/checks. */
export const checkExamples: readonly Example[] = [
  ...systemExamples,
  ...securityExamples,
  ...hostExamples,
  ...guestTemplateExamples,
  ...kioskExamples,
  ...desktopExamples,
  ...wizardExamples,
  ...loginPromptExamples,
  ...systemNameExamples,
];
