import type { Machine } from '../machine.ts';
import { en, type Words } from './words/en.ts';

/** What somebody said to a dialog. `back`: Esc, or the button for it. */
export type Reply<T> = { readonly kind: 'answer'; readonly value: T } | Back | Stop;
export type Back = { readonly kind: 'back' };
/** A signal ended the dialog: out of everything. whiptail takes Ctrl-C for a key without a meaning, so Esc is the way out. */
export type Stop = { readonly kind: 'stop' };

export const answer = <T>(value: T): Reply<T> => ({ kind: 'answer', value });
export const back: Back = { kind: 'back' };

/** One of several things to choose: what stands for it, and its words. */
export type Item = readonly [tag: string, words: string];

/** Dialogs on a terminal of 80 columns and 24 lines, by keyboard alone. */
export interface Screen {
  /** In the language that was chosen. */
  readonly words: Words;
  /** From now on in another language. */
  speak(words: Words): void;
  /** `shown`: the tags are of use to who reads them, as names of disks are. */
  menu(title: string, text: string, items: readonly Item[], options?: MenuOptions): Reply<string>;
  /** One line of text. */
  line(title: string, text: string, initial?: string): Reply<string>;
  /** One line that nobody else shall see. */
  secret(title: string, text: string): Reply<string>;
  yes(title: string, text: string, options?: YesOptions): Reply<boolean>;
  /** Something to read, however long. */
  tell(title: string, text: string): Reply<true>;
  /** What is done now, for as long as it takes: nothing is asked. */
  busy(title: string, text: string): void;
}

export interface MenuOptions {
  readonly initial?: string;
  readonly shown?: boolean;
}

export interface YesOptions {
  readonly initial?: boolean;
}

const width = 76;
const height = 22;
/** Of a line in a menu beside its tag; whiptail draws over its own frame otherwise. */
export const itemColumns = 66;
const mostItems = 13;
/** Of a box: its frame, its buttons and the blank lines around them. */
const boxLines = 6;
/** SIGINT ended it, as a shell gives it. */
const interrupted = 130;

/** Dialogs by whiptail. It gives what was typed on its third file, so that secrets are in no list of processes. */
export function whiptailScreen(machine: Machine, backTitle: string): Screen {
  const show = (title: string, box: string, said: readonly string[], options: readonly string[] = []) => {
    const argv = ['whiptail', '--backtitle', cut(backTitle, width), '--title', title, ...options, box, '--', ...said];
    const { status, stderr } = machine.runOnTerminal(argv);
    if (status === 0) return answer(stderr);
    if (status === interrupted) return { kind: 'stop' } as const;
    // 1 is the button, 255 is Esc, or whiptail's own trouble with words about it.
    if (status === 1 || (status === 255 && stderr.trim() === '')) return back;
    throw new Error(`whiptail ended with status ${status}: ${stderr.trim()}`);
  };
  const sizes = [String(height), String(width)];
  let words = en;
  const buttons = () => ['--ok-button', words.screen.goOn, '--cancel-button', words.screen.back];
  return {
    get words() {
      return words;
    },
    speak: (chosen) => {
      words = chosen;
    },
    busy: (title, text) => void show(title, '--infobox', [text, String(boxLines), String(width)]),
    menu: (title, text, items, { initial, shown = false } = {}) => {
      const lines = items.flatMap(([tag, said]) => [tag, cut(said, itemColumns - (shown ? tag.length : 0))]);
      const options = [...(shown ? [] : ['--notags']), ...(initial === undefined ? [] : ['--default-item', initial])];
      const rows = String(Math.max(3, Math.min(items.length, mostItems, height - boxLines - 1 - linesOf(text))));
      return show(title, '--menu', [text, ...sizes, rows, ...lines], [...buttons(), ...options]);
    },
    line: (title, text, initial = '') => show(title, '--inputbox', [text, ...sizes, initial], buttons()),
    secret: (title, text) => show(title, '--passwordbox', [text, ...sizes], buttons()),
    yes: (title, text, { initial = true } = {}) => {
      const items: Item[] = [
        ['yes', words.screen.yes],
        ['no', words.screen.no],
      ];
      const chosen = show(
        title,
        '--menu',
        [text, ...sizes, '2', ...items.flat()],
        [...buttons(), '--notags', '--default-item', initial ? 'yes' : 'no'],
      );
      return chosen.kind === 'answer' ? answer(chosen.value === 'yes') : chosen;
    },
    tell: (title, text) => {
      // A text that is scrolled has the keyboard until Tab: Enter alone would seem to do nothing.
      const fits = linesOf(text) <= height - boxLines;
      const shown = fits ? text : `${words.screen.scrolls}\n\n${text}`;
      const told = show(
        title,
        '--msgbox',
        [shown, ...sizes],
        [...(fits ? [] : ['--scrolltext']), '--ok-button', words.screen.goOn],
      );
      return told.kind === 'answer' ? answer(true) : told;
    },
  };
}

/** How many lines a text takes in a box. */
function linesOf(text: string): number {
  return text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / (width - 5))), 0);
}

/** Whatever cannot be drawn in one column of a serial terminal, or has no letter on a console, is a question mark. */
export function cut(text: string, columns: number): string {
  const plain = text.replace(/[^\x20-\x7e\xa1-\xff]/g, '?');
  return plain.length <= columns ? plain : `${plain.slice(0, columns - 3)}...`;
}
