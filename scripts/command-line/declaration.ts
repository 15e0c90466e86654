import type { Context, ReadingContext } from '../context/index.ts';
import type { Value } from './value.ts';

/** What was given for an option or operand, before it is read: nothing, a switch, a word, several. */
export type Given = undefined | boolean | string | readonly string[];

/** An option or operand. `T` is what `run` gets for it; where that may be `undefined`, the key is absent. */
export interface Parameter<T> {
  readonly help: string;
  /** What is given with it; a switch takes nothing. */
  readonly takes?: Pick<Value<unknown>, 'name' | 'completion'>;
  /** Several may be given, one after the other. */
  readonly several?: true;
  /** Several may be given with commas between them, and the option more than once. */
  readonly listed?: true;
  /** A word without `--`, which may be there or must. Operands are in the order of the command line. */
  readonly operand?: 'optional' | 'required';
  /** What help says of it when it is absent. */
  readonly usually?: string;
  /** A switch that `--no-…` turns off, with its help. */
  readonly offHelp?: string;
  readonly read: (given: Given, option: string) => T;
}

/** By the name that `run` gets it by; `dryRun` is `--dry-run`. */
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

type Of<P> = P extends Parameter<infer T> ? T : never;
type Absentable<P extends Parameters> = { [K in keyof P]: undefined extends Of<P[K]> ? K : never }[keyof P];

/** What `run` gets: each option and operand by its name, read; absent where nothing was given and nothing is usual. */
export type Values<P extends Parameters> = {
  readonly [K in Exclude<keyof P, Absentable<P>>]: Of<P[K]>;
} & { readonly [K in Absentable<P>]?: Exclude<Of<P[K]>, undefined> };

/** What is said of a verb; README's row and the verb's own help tell both sentences. */
export interface Help {
  /** As the list of all verbs tells it. */
  readonly summary: string;
  /** What else is worth knowing at once; goes on after `;`. */
  readonly more?: string;
  /** Worked for itself by a shell, not told to people. */
  readonly hidden?: true;
}

/** What the command line must know of a verb to tell about it, without its code. */
export interface Declaration<P extends Parameters = Parameters> {
  /** As it is typed, of one word or two: `build`, `hardware check`. */
  readonly name: string;
  readonly help: Help;
  /** What may follow it: operands and options. */
  readonly flags: P;
}

/** What there is to tell of all verbs, for those that are about verbs. */
export interface AllVerbs {
  readonly declarations: () => Promise<readonly Declaration[]>;
  /** What verbs of two words are about that begin alike, by their first word. */
  readonly groups: Readonly<Record<string, string>>;
}

/** What a verb's file exports. One that starts programs says so: the code for that is loaded for it alone. */
export type VerbFile<P extends Parameters> = Declaration<P> &
  (
    | { readonly startsPrograms?: never; readonly run: Run<P, ReadingContext> }
    | { readonly startsPrograms: true; readonly run: Run<P, Context> }
  );

type Run<P extends Parameters, C> = (values: NoInfer<Values<P>>, context: C, all: AllVerbs) => void | Promise<void>;
