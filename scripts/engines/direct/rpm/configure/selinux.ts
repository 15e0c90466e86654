import type { CommandHandler } from '../../../../configure/index.ts';

/** `selinux`: what the system does with its policy, in /etc/selinux/config. */
export const selinux: CommandHandler = {
  commands: ['selinux'],
  options: ['--enforcing', '--permissive', '--disabled'],
  check(model, packages) {
    const entry = model.commands.selinux;
    if (!entry || stateOf(entry) === 'disabled' || [...packages].some((name) => name.startsWith('selinux-policy-')))
      return [];
    return [
      {
        code: 'selinux-without-policy',
        severity: 'error',
        message: 'selinux needs a policy, and %packages lists none',
        span: entry.span,
        hint: 'List selinux-policy-targeted, or say `selinux --disabled`.',
      },
    ];
  },
  scripts(model) {
    const entry = model.commands.selinux;
    if (!entry) return [];
    const state = stateOf(entry);
    // Without a policy there is nothing to switch off.
    const body =
      state === 'disabled'
        ? '[ ! -e /etc/selinux/config ] || sed -i "s/^SELINUX=.*/SELINUX=disabled/" /etc/selinux/config'
        : `sed -i "s/^SELINUX=.*/SELINUX=${state}/" /etc/selinux/config; grep -qx SELINUX=${state} /etc/selinux/config`;
    return [{ id: 'selinux', title: 'selinux', body, origin: entry.span }];
  },
};

const stateOf = ({ mode = 'enforcing' }: { readonly mode?: 'disabled' | 'enforcing' | 'permissive' }) => mode;
