import { guestOptions } from '../../../scripts/checks/guest-options.ts';
import type { Example } from './example.ts';

/** What the guests with options answer when libvirt takes each. */
const optionsOk = guestOptions.map(({ name }) => `${name} ok\n`).join('');

export const guestTemplateExamples: readonly Example[] = [
  {
    of: 'guest-templates',
    when: 'each can be defined',
    says: [['phyllome-guest os', `bios ok\nlinux ok\n${optionsOk}`]],
    passes: 'all 2 can, and with every option',
  },
  {
    of: 'guest-templates',
    when: 'libvirt refuses one',
    says: [['phyllome-guest os', `bios ok\nlinux error: XML document failed to validate \n${optionsOk}`]],
    fails: 'linux error: XML document failed to validate',
  },
  {
    of: 'guest-templates',
    when: 'libvirt refuses an option',
    says: [
      [
        'phyllome-guest os',
        `linux ok\n${optionsOk.replace('cloud-key ok', 'cloud-key error: Extra element hugepages')}`,
      ],
    ],
    fails: 'cloud-key error: Extra element hugepages',
  },
  {
    of: 'guest-templates',
    when: 'a guest with options was not asked for',
    says: [['phyllome-guest os', `linux ok\n${optionsOk.replace('kickstart ok\n', '')}`]],
    fails: 'kickstart was not asked for',
  },
  {
    of: 'guest-templates',
    when: 'there are none',
    says: [['phyllome-guest os', optionsOk]],
    fails: 'there are no templates',
  },
];
