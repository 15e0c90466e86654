import { diskInWords } from '../computer/in-words.ts';
import { keptAnswerFile } from './answer-file.ts';
import type { Around, Choices } from './choices.ts';
import { keepFile } from './keep.ts';
import { answer, type Reply, type Screen } from './screen.ts';
import type { Words } from './words/en.ts';

/** The name of answers that are kept. */
const keptName = 'phyllome-answers.ks';

/** Everything that was chosen, for people. No password and no passphrase is in it. */
function summaryOf(choices: Choices, { summary: words, content }: Words): readonly string[] {
  const { disk, layout, encryption, network, administrator } = choices;
  const locked = encryption === undefined ? words.plain : encryption.byTpm ? words.byTpm : words.byPassphrase;
  const ways = [
    ...(administrator.passwordHash === undefined ? [] : [words.password]),
    ...(administrator.sshKeys.length === 0 ? [] : [words.keys(administrator.sshKeys.length)]),
  ];
  const fixed =
    network.kind === 'static'
      ? [
          words.on(network.address, network.netmask, network.device),
          words.ways(network.gateway, network.nameServers.join(' ')),
        ]
      : [words.dhcp];
  return [
    ...row(words.disk, [diskInWords(disk, content), words.lost]),
    ...row(words.layout, [`${layout.type === 'lvm' ? words.volumes : ''}${layout.fileSystem}, ${locked}`]),
    ...row(words.name, [choices.hostName]),
    ...row(words.network, fixed),
    ...row(words.locale, [choices.locale]),
    ...row(words.keyboard, [choices.keyboard.layout]),
    ...row(words.time, [choices.timeZone]),
    ...row(
      words.guests,
      (choices.devices ?? []).map(({ name }) => name),
    ),
    ...row(words.administrator, [words.with(administrator.name, ways)]),
  ];
}

const firstColumn = 15;

function row(head: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? head : '').padEnd(firstColumn)}${line}`);
}

/** Shows all, keeps it on a stick if that is wanted, and returns when the disk's name was typed. */
export function agreed(choices: Choices, screen: Screen, around: Around): Reply<true> {
  const { disk } = choices;
  const words = screen.words.summary;
  for (;;) {
    const shown = screen.tell(words.title, `${words.nothingYet}\n\n${summaryOf(choices, screen.words).join('\n')}`);
    if (shown.kind !== 'answer') return shown;
    const next = screen.menu(words.title, words.asWanted, [
      ['install', words.install(disk.name)],
      ['keep', words.keep],
      ['look', words.look],
    ]);
    if (next.kind !== 'answer') return next;
    if (next.value === 'keep') {
      const kept = keep(choices, screen, around);
      if (kept.kind === 'stop') return kept;
    }
    if (next.value !== 'install') continue;
    const typed = screen.line(words.wipe, words.type(disk.name, diskInWords(disk, screen.words.content)));
    if (typed.kind === 'stop') return typed;
    if (typed.kind === 'answer' && typed.value.trim() === disk.name) return answer(true);
    if (typed.kind === 'answer') {
      const told = screen.tell(words.wipe, words.otherName(disk.name));
      if (told.kind === 'stop') return told;
    }
  }
}

function keep(choices: Choices, screen: Screen, around: Around): Reply<true> {
  const words = screen.words.keep;
  const secret = choices.encryption === undefined ? [] : [words.noPassphrase];
  return keepFile(screen, around.machine, words.answers, {
    name: keptName,
    text: keptAnswerFile(choices, around),
    done: [words.written(keptName), words.hash, ...secret].join(' '),
  });
}
