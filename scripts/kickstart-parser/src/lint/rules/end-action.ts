import { addCommand } from '../fixes.ts';
import type { LintRule } from '../rule.ts';

export const endAction: LintRule = {
  id: 'end-action',
  severity: 'error',
  summary: 'Say what happens at the end: shutdown, poweroff or reboot.',
  reason:
    'Otherwise the installer waits for a key that nobody presses. In a virtual machine only shutdown or poweroff ends it.',
  profiles: ['livemedia'],
  isFixable: true,
  example: 'lang en_US.UTF-8\n',
  *check({ document, model, settings, startOfDocument, isWhole }) {
    const { reboot } = model.commands;
    if (reboot === undefined && !isWhole) return;
    if (reboot === undefined || reboot.action === 'halt') {
      const message = 'Nothing ends the installation: shutdown, poweroff or reboot is missing';
      const fix = addCommand(document, 'poweroff');
      yield {
        message,
        span: reboot?.span ?? startOfDocument,
        ...(reboot === undefined ? { fix } : { suggestions: [fix] }),
      };
    } else if (settings.isVirtual && reboot.action === 'reboot') {
      yield { message: 'A virtual machine must be shut down at the end, not rebooted', span: reboot.span };
    }
  },
};
