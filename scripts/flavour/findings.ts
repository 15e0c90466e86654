import { closest, type Diagnostic, type Span } from '../diagnostic/index.ts';
import { withheld } from './withheld.ts';

type Extra = Pick<Diagnostic, 'hint' | 'related'>;

/** A longer list of names helps nobody. */
const MOST_NAMES = 30;

/** Collects what is wrong while a flavour is resolved, so that a user sees all of it at once. */
export class Findings {
  readonly #all: Diagnostic[] = [];
  readonly #secrets = new Map<string, string>();

  /** Without anything that secret files hold. */
  get all(): readonly Diagnostic[] {
    return withheld(this.#all, this.#secrets);
  }

  /** Nothing that this file holds is told. `text` is what it holds, as it lies there or as it is made. */
  keepSecret(source: string, text: string): void {
    this.#secrets.set(source, `${this.#secrets.get(source) ?? ''}${text}\n`);
  }

  get count(): number {
    return this.#all.length;
  }

  get hasErrors(): boolean {
    return this.#all.some((diagnostic) => diagnostic.severity === 'error');
  }

  add(diagnostics: readonly Diagnostic[]): void {
    // One file may be reached on two ways; what is wrong in it is said once.
    this.#all.push(...diagnostics.filter((diagnostic) => !this.#all.includes(diagnostic)));
  }

  error(code: string, message: string, span: Span | undefined, extra: Extra = {}): void {
    this.#all.push({ code, severity: 'error', message, ...(span ? { span } : {}), ...extra });
  }

  warning(code: string, message: string, span: Span | undefined, extra: Extra = {}): void {
    this.#all.push({ code, severity: 'warning', message, ...(span ? { span } : {}), ...extra });
  }

  /** `word` names nothing of its kind: says so, with the name it may be a slip of, or what else is known of it. */
  unknownName(
    code: string,
    what: string,
    word: string,
    known: readonly string[],
    span: Span | undefined,
    better?: string,
  ): void {
    const slip = closest(word, known);
    const some = known.length > MOST_NAMES ? `see \`phyllome list\`` : `there are: ${known.join(', ')}`;
    const hint = better ?? (slip ? `did you mean \`${slip}\`?` : known.length > 0 ? some : undefined);
    this.error(code, `there is no ${what} \`${word}\``, span, hint === undefined ? {} : { hint });
  }
}
