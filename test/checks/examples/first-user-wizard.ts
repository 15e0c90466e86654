import type { Example } from './example.ts';
import { screenOf } from './kiosk.ts';

const ourLogo = '/usr/share/pixmaps/phyllome-logo.svg';
const welcome = 'org.gnome.InitialSetup\tInitial Setup\n';
const wellTill = (said: Readonly<Record<string, Example['says'][number][1]>>): Example['says'] => [
  ['getent passwd', said.persons ?? ''],
  ['id -un', ''],
  ['GetWindows', said.windows ?? welcome],
  ['--user list-units', said.units ?? ''],
  ['IconTheme', said.logos ?? `${ourLogo}\n${ourLogo}\n`],
];

export const wizardExamples: readonly Example[] = [
  {
    of: 'first-user-wizard',
    when: 'nobody has an account',
    says: wellTill({}),
    screen: [screenOf(40), screenOf(40), screenOf(55)],
    passes: 'the set-up asks for the first user; a key changed 15.0 % of the screen',
  },
  {
    of: 'first-user-wizard',
    when: 'the image has a user',
    says: wellTill({ persons: 'ada\n' }),
    passes: 'ada has an account: nobody is asked',
  },
  {
    of: 'first-user-wizard',
    when: 'its window comes late',
    says: wellTill({ windows: ['', '', welcome] }),
    screen: [screenOf(40), screenOf(40), screenOf(55)],
    passes: 'the set-up asks for the first user; a key changed 15.0 % of the screen',
  },
  {
    of: 'first-user-wizard',
    when: 'another program has the screen',
    says: wellTill({ windows: 'virt-manager\tVirtual Machine Manager\n' }),
    screen: [screenOf(40)],
    fails: 'no window of the set-up',
  },
  {
    of: 'first-user-wizard',
    when: 'nothing is drawn',
    says: wellTill({}),
    screen: [screenOf(0)],
    fails: 'the screen stays one colour',
  },
  {
    of: 'first-user-wizard',
    when: 'a key changes nothing',
    says: wellTill({}),
    screen: [screenOf(40), screenOf(40)],
    fails: 'a key changed nothing on the screen in 0.4 s',
  },
  {
    of: 'first-user-wizard',
    when: 'a unit of its session failed',
    says: wellTill({ units: 'dconf.service loaded failed failed User preferences database\n' }),
    screen: [screenOf(40)],
    fails: 'of the session failed: dconf.service',
  },
  {
    of: 'first-user-wizard',
    when: 'it shows the logo of the distribution',
    says: wellTill({ logos: `/usr/share/icons/hicolor/scalable/emblems/emblem-debian.svg\n${ourLogo}\n` }),
    screen: [screenOf(40)],
    fails: 'the icon emblem-debian is not our logo',
  },
];
