import type { Values } from '../commands/behaviour.ts';
import type { Span } from '../diagnostic.ts';
import type { GivenOption } from '../model/entry.ts';
import type { PresentCommand } from '../model/model.ts';

/** A value of a command while the kickstart is being read, with its origin. */
export interface StateEntry {
  readonly values: Values;
  readonly command: string;
  readonly span: Span;
  /** Grows with each line, as does `given`: copying them for each of 100,000 lines would take forever. */
  readonly spans: Span[];
  readonly given: GivenOption[];
}

/** What the commands of a kickstart have said so far. */
export class CommandState {
  /** One entry for commands that overwrite, any number for commands that collect; by name in the model. */
  readonly entries = new Map<string, StateEntry[]>();
  readonly present: PresentCommand[] = [];
  /** First line of each command as written, for conflicts. */
  readonly firstSpan = new Map<string, Span>();
  /** First entry of each duplicate key, by name in the model. */
  readonly keys = new Map<string, Span>();

  /** Adds an entry to a command that collects. */
  collect(name: string, entry: StateEntry): void {
    const list = this.entries.get(name);
    if (list === undefined) this.entries.set(name, [entry]);
    else list.push(entry);
  }

  /** Replaces the state of a command that overwrites. */
  overwrite(name: string, entry: StateEntry): void {
    this.entries.set(name, [entry]);
  }
}
