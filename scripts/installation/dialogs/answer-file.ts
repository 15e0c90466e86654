import { kickstartWord } from '../../diagnostic/index.ts';
import type { Choices, NetworkChoice } from './choices.ts';

const command = (...words: readonly string[]): string => words.map(kickstartWord).join(' ');

/** The answer file that says what was chosen: what is installed is read from it, as from any other. */
export function answerFile(choices: Choices, title: string): string {
  return written(choices, title, choices.encryption?.passphrase);
}

/** The same to be kept: without the passphrase, which it would tell to who finds it. */
export function keptAnswerFile(choices: Choices, title: string): string {
  return written(choices, title, undefined);
}

function written(choices: Choices, title: string, passphrase: string | undefined): string {
  const { locale, keyboard, layout, encryption, timeZone, devices = [], administrator } = choices;
  const disk = diskWord(choices);
  const { name, groups, passwordHash, sshKeys } = administrator;
  const kernelArguments = [
    ...(encryption?.byTpm === true ? ['rd.luks.options=tpm2-device=auto'] : []),
    ...(devices.length === 0 ? [] : [`vfio-pci.ids=${[...new Set(devices.flatMap(({ ids }) => ids))].join(',')}`]),
  ].join(' ');
  const forgets = encryption !== undefined && passphrase === undefined;
  return `${[
    `# Made by the dialogs of ${title.replaceAll(/[^\x20-\x7e]/g, '?')}.`,
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
    ...(kernelArguments === '' ? [] : [command('bootloader', `--append=${kernelArguments}`)]),
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
