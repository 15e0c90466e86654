import Handlebars from 'handlebars';
import manifest from '../../package.json' with { type: 'json' };
import type { Span } from '../diagnostic/index.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import type { Budgets, OptionValue } from './source-files.ts';

/** The sign behind which a template's line number stands while it runs. No text file of ours holds it. */
const LINE = '\u0001';
const LINE_NUMBER = new RegExp(`${LINE}(\\d+)${LINE}`, 'g');

/** What templates may name beside their own component's options, and `phyllome.version`. */
export interface TemplateValues {
  /** `title` is what people know the system by. */
  readonly flavour: { readonly name: string; readonly title: string; readonly summary: string };
  readonly system: Readonly<Record<string, string>>;
  readonly base: { readonly name: string; readonly release: string };
  /** Limits of the flavour; an empty text where it has none. */
  readonly budgets: Readonly<Record<keyof Budgets, number | ''>>;
}

export interface Rendered {
  readonly text: string;
  /** For each line of the text, the line of the template that made it. */
  readonly lines: readonly number[];
}

/** Renders overlay templates and values with `{{option}}` in them. A name that means nothing is an error with a place. */
export class ValueTemplates {
  readonly #findings: Findings;
  readonly #shared: object;
  readonly #options: ReadonlyMap<string, Readonly<Record<string, OptionValue>>>;

  constructor(members: readonly Member[], values: TemplateValues, findings: Findings) {
    this.#findings = findings;
    this.#options = new Map(members.map(({ name, options }) => [name, optionValues(options)]));
    const components = Object.fromEntries(
      [...this.#options].map(([name, own]) => [name, group(`component.${name}`, own)]),
    );
    this.#shared = {
      ...Object.fromEntries(
        Object.entries({ ...values, phyllome: { version: manifest.version } }).map(([name, value]) => [
          name,
          group(name, value),
        ]),
      ),
      component: group('component', components),
    };
  }

  /** A value of `by`; returned as it is where it holds no `{{`. */
  expand(text: string, by: string, at: Span): string {
    if (!text.includes('{{')) return text;
    return this.#run(text, by, () => at) ?? text;
  }

  /** A whole file. */
  render(text: string, by: string, file: string): Rendered {
    const numbered = text.split('\n').map((line, index, all) => {
      const isEnd = index === all.length - 1 && line === '';
      // Handlebars drops a line of tags alone; a mark on it would keep the line.
      const isTag = /^\s*\{\{(?:[#/>!]|else\b)[^{}]*\}\}\s*$/.test(line);
      return isEnd || isTag ? line : `${LINE}${index + 1}${LINE}${line}`;
    });
    const output = this.#run(numbered.join('\n'), by, (line) => {
      const place = { offset: 0, line, column: 1 };
      return { file, start: place, end: place };
    });
    if (output === undefined) return { text: '', lines: [] };
    let last = 1;
    const lines = output.split('\n').map((line) => {
      last = Number(line.matchAll(LINE_NUMBER).next().value?.[1] ?? last);
      return last;
    });
    return { text: output.replaceAll(LINE_NUMBER, ''), lines };
  }

  #run(text: string, by: string, placeOf: (line: number) => Span): string | undefined {
    const own = this.#options.get(by) ?? {};
    try {
      const template =
        compiled.get(text) ?? handlebars.compile(text, { strict: true, noEscape: true, preventIndent: true });
      compiled.set(text, template);
      return template({ ...own, ...this.#shared, options: group('options', own) });
    } catch (error) {
      if (error instanceof GroupPrinted) {
        const at = text.split('\n').findIndex((line) => line.replaceAll(LINE_NUMBER, '').match(error.tag)) + 1;
        this.#findings.error('no-value', error.message, placeOf(Math.max(at, 1)), { hint: error.hint });
        return undefined;
      }
      const { message, lineNumber } = error as Error & { lineNumber?: number };
      const unknown = /^"(.+?)" not defined/.exec(message)?.[1];
      const line = lineNumber ?? Number(/ - (\d+):\d+$|on line (\d+)/.exec(message)?.slice(1).find(Boolean) ?? 1);
      const hint = `there are: ${[...Object.keys(own), 'flavour', 'system', 'base', 'budgets', 'component', 'phyllome'].join(', ')}`;
      this.#findings.error(
        unknown === undefined ? 'template-syntax' : 'unknown-value',
        unknown === undefined
          ? (message.split('\n')[0]?.replaceAll(LINE, '') ?? message)
          : `the template names \`${unknown}\`, which there is not`,
        placeOf(line),
        unknown === undefined ? {} : { hint },
      );
      return undefined;
    }
  }
}

/** A template prints what is no value but holds some. */
class GroupPrinted extends Error {
  readonly hint: string;
  /** How a template writes it. */
  readonly tag: RegExp;

  constructor(name: string, members: readonly string[]) {
    super(`the template prints \`${name}\`, which is no value`);
    this.hint =
      members.length === 0 ? 'it holds nothing' : `it holds ${members.map((one) => `\`${name}.${one}\``).join(', ')}`;
    this.tag = new RegExp(`\\{\\{\\{?\\s*${name.replaceAll('.', '\\.')}\\s*\\}`);
  }
}

/** Values that belong together; to print all of them is an error. */
function group(name: string, values: object): object {
  return Object.defineProperty({ ...values }, 'toString', {
    value: () => {
      throw new GroupPrinted(name, Object.keys(values));
    },
  });
}

const handlebars = Handlebars.create();
handlebars.registerHelper({
  /** `{{#if (eq mode "server")}}` */
  eq: (a: unknown, b: unknown): boolean => a === b,
  /** `{{join ids ","}}` */
  join: (values: readonly unknown[], separator: string): string => values.join(separator),
  /** `{{part "a=b" "=" 1}}` is `b`. */
  part: (text: string, separator: string, index: number): string => text.split(separator)[index] ?? '',
  /** `{{#each (only devices "[0-9a-f:]+")}}`: the entries that the pattern describes whole. */
  only: (values: readonly unknown[], pattern: string): readonly unknown[] =>
    values.filter((value) => new RegExp(`^(?:${pattern})$`, 'u').test(String(value))),
});

/** One template is rendered for many flavours. */
const compiled = new Map<string, HandlebarsTemplateDelegate>();

function optionValues(options: Member['options']): Readonly<Record<string, OptionValue>> {
  return Object.fromEntries(options.map(({ name, value }) => [name, value]));
}
