import type { PublishedImage } from '../engines/engine/index.ts';
import type { Asked, ResolvedFlavour } from '../flavour/index.ts';
import { displayCommand } from '../process/index.ts';

/** A command, and what it does. */
type Step = readonly [command: string, words: string];

/** What can be done with what was built: exact commands, for whoever does so for the first time. */
export function nextSteps(flavour: ResolvedFlavour, asked: Asked, images: readonly PublishedImage[]): string {
  const names = displayCommand([flavour.name, ...optionsOf(asked)]);
  const isOne = images.some(({ file, installs }) => installs === undefined && isDisk(file));
  const installers = images.filter(({ file, installs }) => installs !== undefined && isDisk(file));
  const steps: readonly Step[] = [
    ...(installers.some(({ installs }) => installs === 'offline')
      ? [installHere(names)]
      : isOne
        ? [startHere(names)]
        : []),
    ...(isOne ? [[`phyllome test ${names}`, 'boots it and checks that it is a good host'] as const] : []),
    // Who made a medium that installs wants that one on a stick.
    ...(installers.length > 0 ? installers : images).flatMap(({ file, installs }) =>
      ontoADisk(file, installs !== undefined),
    ),
  ];
  if (steps.length === 0) return '';
  const lines = steps.flatMap(([command, words]) => [`  ${command}`, `      ${words}`]);
  return [
    'What next:',
    ...lines,
    `Who can log in: ${installers.length > 0 ? installed(flavour) : whoCanLogIn(flavour)}`,
  ].join('\n');
}

/** What was asked for beside the flavour's name, as it is typed. */
export function optionsOf({ base, hardware }: Asked): readonly string[] {
  return Object.entries({ base, hardware }).flatMap(([key, value]) => (value === undefined ? [] : [`--${key}`, value]));
}

const isDisk = (file: string) => /\.(?:iso|qcow2|img|raw)$/.test(file);

const startHere = (names: string): Step => [
  `phyllome run ${names}`,
  'starts it here; this terminal is its console, and `phyllome shell` in another is root in it',
];

const installHere = (names: string): Step => [
  `phyllome run ${names} --computer my-host`,
  'installs it on a computer of its own, here; `phyllome run --computer my-host` starts that one afterwards',
];

function ontoADisk(file: string, installs: boolean): readonly Step[] {
  if (!isDisk(file)) return [];
  const words = installs
    ? 'writes it to a USB stick; a computer that is started from it asks what it needs to know, and installs'
    : 'writes it to a USB stick or disk and reads it back; it asks before all that is on it is lost';
  return [[`phyllome write ${displayCommand([file])} /dev/sdX`, words]];
}

/** An installation makes an administrator, whoever else the flavour has. */
function installed(flavour: ResolvedFlavour): string {
  const hasSomebody = flavour.users.length > 0 || flavour.sshKeys.length > 0;
  return `the administrator whom the installation makes.${hasSomebody ? ` ${whoCanLogIn(flavour)}` : ''}`;
}

/** One sentence for each way in, or why there is none. */
export function whoCanLogIn({ users, sshKeys, components, name }: ResolvedFlavour): string {
  const has = (component: string) => components.some((one) => one.name === component);
  const byKey = [...new Set(sshKeys.map(({ user }) => user))];
  const byPassword = users.filter(({ passwordHash }) => passwordHash !== undefined).map((user) => user.name);
  const ways = [
    ...(has('live-session') ? ['`live` is logged in on its screen and serial port, without a password.'] : []),
    ...(byKey.length > 0
      ? [
          `${byKey.join(', ')} by SSH key from another computer (\`ssh ${byKey[0]}@ADDRESS\`: its prompt shows the address).`,
        ]
      : []),
    ...(byPassword.length > 0 ? [`${byPassword.join(', ')} at the machine, by password.`] : []),
    ...(has('first-boot') ? ['the first boot asks for the first user.'] : []),
  ];
  return ways.length > 0
    ? ways.join(' ')
    : `nobody: it has no user with a password or SSH key. Add one in a flavour of your own:\n  phyllome --dir ~/my-phyllome new my-host --from ${name}`;
}
