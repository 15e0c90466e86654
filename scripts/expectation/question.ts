import type { AnyImageContext, CheckOutcome } from '../checks/index.ts';
import type { Span } from '../diagnostic/index.ts';
import type { Look } from '../lab/index.ts';

/** What there is to ask of an image that may have no agent. */
export interface ForeignContext extends AnyImageContext {
  /** The serial console, as a terminal shows it. */
  readonly serial: { text(): Promise<string>; type(text: string): void };
  /** The machine from outside, with all the text that can be read on its display. */
  look(): Promise<Look>;
  /** Has the system start again, and waits until it has come to rest. */
  restart(how: 'reboot' | 'power-cut'): Promise<void>;
}

/** A check that exists already, as any image can be asked it. */
export interface NamedCheck {
  readonly id: string;
  readonly title: string;
  readonly run: (context: ForeignContext) => Promise<CheckOutcome>;
}

/** One thing that an expectation asks. */
export interface Question {
  readonly id: string;
  readonly title: string;
  readonly proves: string;
  /** Only the lab's agent in the system can answer it. */
  readonly byAgent: boolean;
  /** Where the expectation says so. */
  readonly span: Span;
  readonly run: (context: ForeignContext) => Promise<CheckOutcome>;
}
