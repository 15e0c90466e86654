import { diskInWords } from '../computer/in-words.ts';
import { keptAnswerFile } from './answer-file.ts';
import type { Around, Choices } from './choices.ts';
import { keepFile } from './keep.ts';
import { answer, type Reply, type Screen } from './screen.ts';

/** The name of answers that are kept. */
const keptName = 'phyllome-answers.ks';

/** Everything that was chosen, for people. No password and no passphrase is in it. */
function summaryOf(choices: Choices): readonly string[] {
  const { disk, layout, encryption, network, administrator } = choices;
  const fixed = network.kind === 'static' ? `${network.address} (${network.netmask}) on ${network.device}` : 'by DHCP';
  const locked =
    encryption === undefined
      ? 'not encrypted'
      : `encrypted${encryption.byTpm ? ', opened by the TPM or' : ', opened by'} its passphrase`;
  const ways = [
    ...(administrator.passwordHash === undefined ? [] : ['a password']),
    ...(administrator.sshKeys.length === 0
      ? []
      : [`${administrator.sshKeys.length} SSH key${administrator.sshKeys.length === 1 ? '' : 's'}`]),
  ];
  return [
    `Disk           ${diskInWords(disk)}`,
    '               EVERYTHING ON IT WILL BE LOST',
    `Layout         ${layout.type === 'lvm' ? 'volumes (LVM), ' : ''}${layout.fileSystem}, ${locked}`,
    `Name           ${choices.hostName}`,
    `Network        ${fixed}`,
    ...(network.kind === 'static'
      ? [`               gateway ${network.gateway || 'none'}, name servers ${network.nameServers.join(' ') || 'none'}`]
      : []),
    `Language       ${choices.locale}`,
    `Keyboard       ${choices.keyboard.layout}`,
    `Time zone      ${choices.timeZone}`,
    ...(choices.devices ?? []).map(({ name }, index) => `${index === 0 ? 'For guests' : '          '}     ${name}`),
    `Administrator  ${administrator.name}, with ${ways.join(' and ')}`,
  ];
}

/** Shows all, keeps it on a stick if that is wanted, and returns when the disk's name was typed. */
export function agreed(choices: Choices, screen: Screen, around: Around): Reply<true> {
  const { disk } = choices;
  for (;;) {
    const shown = screen.tell('Summary', `Nothing has been written yet.\n\n${summaryOf(choices).join('\n')}`);
    if (shown.kind !== 'answer') return shown;
    const next = screen.menu('Summary', 'All that was chosen is as you want it?', [
      ['install', `Install on ${disk.name}`],
      ['keep', 'Keep these answers in a file on a stick, for another computer'],
      ['look', 'Look at them again'],
    ]);
    if (next.kind !== 'answer') return next;
    if (next.value === 'keep') {
      const kept = keep(choices, screen, around);
      if (kept.kind === 'stop') return kept;
    }
    if (next.value !== 'install') continue;
    const typed = screen.line(
      'Wipe the disk',
      `Everything on ${disk.name} will be lost:\n\n${diskInWords(disk)}\n\nType its name, ${disk.name}, to install on it.`,
    );
    if (typed.kind === 'stop') return typed;
    if (typed.kind === 'answer' && typed.value.trim() === disk.name) return answer(true);
    if (typed.kind === 'answer') {
      const told = screen.tell('Wipe the disk', `That is not ${disk.name}. Nothing was written.`);
      if (told.kind === 'stop') return told;
    }
  }
}

function keep(choices: Choices, screen: Screen, { machine, medium }: Around): Reply<true> {
  const secret = choices.encryption === undefined ? '' : ' The passphrase is not in it.';
  return keepFile(screen, machine, 'Keep the answers', {
    name: keptName,
    text: keptAnswerFile(choices, medium.title),
    done: `${keptName} is written. The password is in it as a hash.${secret}`,
  });
}
