import { answer, back, type Reply, type Screen } from '../../../scripts/installation/dialogs/screen.ts';
import { en, type Words } from '../../../scripts/installation/dialogs/words/en.ts';

export const esc = Symbol('Esc');
export const interrupt = Symbol('signal');
/** What is pressed: text for a line, a tag of a menu, yes or no, Esc; or a signal comes. */
export type Key = string | boolean | typeof esc | typeof interrupt;

export interface Shown {
  readonly kind: 'menu' | 'line' | 'secret' | 'yes' | 'tell';
  readonly title: string;
  readonly text: string;
  readonly items: readonly string[];
  readonly initial: string | boolean | undefined;
}

/** A screen on which somebody presses what `keys` say, in order; what is only told is read and left by Enter. */
export class ScriptedScreen implements Screen {
  readonly shown: Shown[] = [];
  /** What nobody asked for yet. */
  readonly left: Key[];

  constructor(keys: readonly Key[]) {
    this.left = [...keys];
  }

  menu: Screen['menu'] = (title, text, items, { initial } = {}) => {
    const shown = items.map(([tag, words]) => `${tag} ${words}`);
    const reply = this.#next({ kind: 'menu', title, text, items: shown, initial });
    if (reply.kind === 'answer' && !items.some(([tag]) => tag === reply.value)) {
      throw new Error(`${title} offers ${shown.join(', ')}, not ${String(reply.value)}`);
    }
    return reply as Reply<string>;
  };
  line: Screen['line'] = (title, text, initial) =>
    this.#next({ kind: 'line', title, text, items: [], initial }) as Reply<string>;
  secret: Screen['secret'] = (title, text) =>
    this.#next({ kind: 'secret', title, text, items: [], initial: undefined }) as Reply<string>;
  yes: Screen['yes'] = (title, text, { initial } = {}) =>
    this.#next({ kind: 'yes', title, text, items: [], initial }) as Reply<boolean>;
  words: Words = en;
  speak = (words: Words): void => {
    this.words = words;
  };
  busy: Screen['busy'] = () => {};
  tell: Screen['tell'] = (title, text) => {
    this.shown.push({ kind: 'tell', title, text, items: [], initial: undefined });
    return answer(true);
  };

  #next(shown: Shown): Reply<string | boolean> {
    this.shown.push(shown);
    const key = this.left.shift();
    if (key === undefined) throw new Error(`${shown.title} is asked, and nobody answers: ${shown.text}`);
    if (key === esc) return back;
    if (key === interrupt) return { kind: 'stop' };
    if (typeof key === 'symbol') throw new Error('an unknown key');
    return answer(key);
  }
}
