import { sizeInWords } from '../../../diagnostic/index.ts';
import { readAnswers } from '../../answers/read-answers.ts';
import type { Disk } from '../../computer/computer.ts';
import { contentInWords } from '../../computer/in-words.ts';
import { usableDisks } from '../../storage/usable-disks.ts';
import { answer, back, cut, itemColumns } from '../screen.ts';
import type { Question } from '../walk.ts';
import type { Words } from '../words/en.ts';

/** The disk that is wiped. All are shown; those that cannot be taken with the reason, by the rule that answer files obey. */
export const disk: Question = (draft, screen, { computer }) => {
  const { model } = readAnswers('clearpart --all\n', 'dialogs');
  const { usable, others } = usableDisks(model, computer.disks);
  const { disk: words, content } = screen.words;
  const left = others.map(({ disk, reason }) => words.not(inShort(disk, content), reasonOf(disk, words) ?? reason));
  if (usable.length === 0) {
    const none = computer.disks.length === 0 ? words.none : [words.noneUsable, ...left].join('\n\n');
    const told = screen.tell(words.title, none);
    return told.kind === 'stop' ? told : back;
  }
  // Beside each other where there is room for whole sentences.
  const areFew = computer.disks.length <= fewDisks;
  const contents = areFew ? usable.map((one) => `${one.name} ${contentInWords(one, content)}.`) : [];
  const text = [words.text, ...contents, ...left];
  const items = usable.map(
    (one) =>
      [
        one.name,
        areFew ? inLine(one, content) : `${inShort(one, content, false)}; ${contentInWords(one, content)}`,
      ] as const,
  );
  const chosen = screen.menu(words.title, text.join('\n'), items, {
    shown: true,
    ...(draft.disk !== undefined && { initial: draft.disk.name }),
  });
  if (chosen.kind !== 'answer') return chosen;
  const found = usable.find(({ name }) => name === chosen.value);
  if (found === undefined) throw new Error(`there is no disk ${chosen.value}`);
  return answer({ ...draft, disk: found });
};

const fewDisks = 5;
const shortestModel = 8;

/** Of what stops a disk from being taken when no answers name any. */
function reasonOf({ isMedium, isReadOnly, holds }: Disk, words: Words['disk']): string | undefined {
  if (isMedium) return words.isMedium;
  if (isReadOnly) return words.isReadOnly;
  const mounted = holds.flatMap(({ mountPoints }) => mountPoints);
  return mounted.length > 0 ? words.isInUse(mounted.join(', ')) : undefined;
}

/** Size, bus, model and serial number. */
function inShort({ name, sizeBytes, bus, model, serial }: Disk, words: Words['content'], isNamed = true): string {
  const facts = [sizeInWords(sizeBytes), bus, model, serial === '' ? '' : words.serial(serial)];
  return [...(isNamed ? [name] : []), ...facts.filter((fact) => fact !== '')].join(' ');
}

/** In a line of a menu: of two disks of one model the ends of the serial numbers differ, so that the model gives way. */
function inLine(disk: Disk, words: Words['content']): string {
  const tooMuch = disk.name.length + inShort(disk, words, false).length - itemColumns;
  if (tooMuch <= 0) return inShort(disk, words, false);
  return inShort(
    { ...disk, model: cut(disk.model, Math.max(shortestModel, disk.model.length - tooMuch)) },
    words,
    false,
  );
}
