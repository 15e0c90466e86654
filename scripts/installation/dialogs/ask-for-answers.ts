import { answerFile } from './answer-file.ts';
import type { Around, Choices, Draft } from './choices.ts';
import { administrator } from './questions/administrator.ts';
import { devices } from './questions/devices.ts';
import { dialogLanguage } from './questions/dialog-language.ts';
import { disk } from './questions/disk.ts';
import { hostName } from './questions/host-name.ts';
import { keyboard } from './questions/keyboard.ts';
import { language } from './questions/language.ts';
import { encryption, layout } from './questions/layout.ts';
import { network } from './questions/network.ts';
import { timeZone } from './questions/time-zone.ts';
import { answer, type Screen } from './screen.ts';
import { agreed } from './summary.ts';
import { type Question, walk } from './walk.ts';

/** What somebody wants in the end. */
export type Asked =
  | { readonly kind: 'install'; readonly answers: string; readonly draft: Draft }
  /** Nothing was written. */
  | { readonly kind: 'leave'; readonly to: Leave };

export type Leave = 'shell' | 'reboot' | 'poweroff';

const questions: readonly Question[] = [
  dialogLanguage,
  language,
  keyboard,
  disk,
  layout,
  encryption,
  hostName,
  network,
  timeZone,
  devices,
  administrator,
  (draft, screen, around) => {
    const said = agreed(complete(draft), screen, around);
    return said.kind === 'answer' ? answer(draft) : said;
  },
];

/**
 * Asks everything that an installation needs to know, and answers with an answer file: what is done is read from that, as from
 * any other. Esc goes back by one question, from the first one to a choice of how to leave. Nothing is
 * written to the disk here. `known`: what was chosen before.
 */
export function askForAnswers(screen: Screen, around: Around, known: Draft = {}): Asked {
  for (;;) {
    const walked = walk(questions, known, screen, around);
    if (walked.kind === 'stop') return { kind: 'leave', to: 'shell' };
    if (walked.kind === 'done') {
      const { draft } = walked;
      return { kind: 'install', answers: answerFile(complete(draft), around), draft };
    }
    const { leave } = screen.words;
    const how = screen.menu(leave.title, leave.text, [
      ['again', leave.again],
      ['shell', leave.shell],
      ['reboot', leave.reboot],
      ['poweroff', leave.poweroff],
    ]);
    if (how.kind === 'stop') return { kind: 'leave', to: 'shell' };
    if (how.kind === 'answer' && (how.value === 'shell' || how.value === 'reboot' || how.value === 'poweroff')) {
      return { kind: 'leave', to: how.value };
    }
  }
}

function complete(draft: Draft): Choices {
  const { locale, keyboard, disk, layout, hostName, network, timeZone, administrator, encryption, devices } = draft;
  if (
    locale === undefined ||
    keyboard === undefined ||
    disk === undefined ||
    layout === undefined ||
    hostName === undefined ||
    network === undefined ||
    timeZone === undefined ||
    administrator === undefined
  ) {
    throw new Error('a question was passed over');
  }
  return { locale, keyboard, disk, layout, encryption, hostName, network, timeZone, devices, administrator };
}
