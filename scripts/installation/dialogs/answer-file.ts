import { kickstartWord } from '../../diagnostic/index.ts';
import { startsBySystemdBoot } from '../answers/root-tree.ts';
import type { Around, Choices, NetworkChoice } from './choices.ts';

const command = (...words: readonly string[]): string => words.map(kickstartWord).join(' ');

/** What of the system on the medium its answers depend on. */
type System = Pick<Around, 'medium' | 'tree'>;

/** The answer file that says what was chosen: what is installed is read from it, as from any other. */
export function answerFile(choices: Choices, system: System): string {
  return written(choices, system, choices.encryption?.passphrase);
}

/** The same to be kept: without the passphrase, which it would tell to who finds it. */
export function keptAnswerFile(choices: Choices, system: System): string {
  return written(choices, system, undefined);
}

function written(choices: Choices, { medium, tree }: System, passphrase: string | undefined): string {
  const { locale, keyboard, layout, encryption, timeZone, devices = [], administrator } = choices;
  const disk = diskWord(choices);
  const { name, groups, passwordHash, sshKeys } = administrator;
  const kernelArguments = [
    ...(encryption?.byTpm === true ? ['rd.luks.options=tpm2-device=auto'] : []),
    ...(devices.length === 0 ? [] : [`vfio-pci.ids=${[...new Set(devices.flatMap(({ ids }) => ids))].join(',')}`]),
  ].join(' ');
  const loader = [
    ...(startsBySystemdBoot(tree) ? ['--sdboot'] : []),
    ...(kernelArguments === '' ? [] : [`--append=${kernelArguments}`]),
  ];
  const forgets = encryption !== undefined && passphrase === undefined;
  return `${[
    `# Made by the dialogs of ${medium.title.replaceAll(/[^\x20-\x7e]/g, '?')}.`,
    command('lang', locale),
    command('keyboard', `--vckeymap=${keyboard.keymap}`, `--xlayouts=${keyboard.layout}`),
    command('timezone', timeZone, '--utc'),
    command('ignoredisk', `--only-use=${disk}`),
    command('clearpart', '--all', `--drives=${disk}`),
    ...(forgets ? ['# The passphrase is not kept: add --passphrase=... to the next line.'] : []),
    command(
      'autopart',
      `--type=${layout.type}`,
      `--fstype=${layout.fileSystem}`,
      ...(encryption === undefined ? [] : ['--encrypted']),
      ...(passphrase === undefined ? [] : [`--passphrase=${passphrase}`]),
    ),
    ...(loader.length === 0 ? [] : [command('bootloader', ...loader)]),
    command('network', ...networkWords(choices.network), `--hostname=${choices.hostName}`),
    command('rootpw', '--lock'),
    command(
      'user',
      `--name=${name}`,
      ...(groups.length === 0 ? [] : [`--groups=${groups.join(',')}`]),
      ...(passwordHash === undefined ? [] : ['--iscrypted', `--password=${passwordHash}`]),
    ),
    ...sshKeys.map((key) => command('sshkey', `--username=${name}`, key)),
    command('reboot', '--eject'),
  ].join('\n')}\n`;
}

/** A name that stays with the disk, where it has one: the kernel's own may be another disk's at the next start. */
function diskWord({ disk }: Pick<Choices, 'disk'>): string {
  return disk.links.find((link) => link.startsWith('disk/by-id/')) ?? disk.name;
}

function networkWords(network: NetworkChoice): readonly string[] {
  if (network.kind === 'dhcp') return ['--bootproto=dhcp'];
  const { device, address, netmask, gateway, nameServers } = network;
  return [
    '--bootproto=static',
    `--device=${device}`,
    `--ip=${address}`,
    `--netmask=${netmask}`,
    ...(gateway === '' ? [] : [`--gateway=${gateway}`]),
    ...(nameServers.length === 0 ? [] : [`--nameserver=${nameServers.join(',')}`]),
  ];
}
