import type { Signature } from './signature.ts';

export const noSuchPackage: Signature = {
  id: 'no-such-package',
  pattern: /(?:NoSuchPackage:? |No match for argument: |No package matches )'?(?<name>[\w.+*@^-]+)/,
  cause: 'the repositories have no package $<name>',
  advice: 'Check its name for this release; the base file maps logical names to packages.',
  kickstartWords: ['name'],
  source: 'dnf5 5.4.4: libdnf5/base/log_event.cpp',
  excerpt: ['No match for argument: qemu-kvm-croe'],
};
