/**
 * Ctrl-] leaves a machine's console or a shell in it when it is pressed twice in a row. Pressed once it is the guest's:
 * `virsh console` in there is left by it, too, and a host that is turned off by that takes its guests with it.
 */
const leaveKey = 0x1d;

/** What becomes of keys that somebody pressed. */
export interface TakenKeys {
  /** These are for the guest. */
  readonly pass: Buffer;
  readonly next: 'go-on' | 'ask' | 'leave';
}

/** Looks at the keys of a terminal. What is piped in may hold any byte, and leaves nothing. */
export class LeaveKey {
  readonly #input: Pick<NodeJS.ReadStream, 'isTTY'>;
  /** The last key was Ctrl-]. */
  #wasPressed = false;

  constructor(input: Pick<NodeJS.ReadStream, 'isTTY'>) {
    this.#input = input;
  }

  /** `ask`: the last of them was a first Ctrl-], and whoever pressed it may want to know that once more leaves. */
  take(bytes: Buffer): TakenKeys {
    if (!this.#input.isTTY) return { pass: bytes, next: 'go-on' };
    for (const [at, byte] of bytes.entries()) {
      const isPressed = byte === leaveKey;
      if (isPressed && this.#wasPressed) return { pass: bytes.subarray(0, at), next: 'leave' };
      this.#wasPressed = isPressed;
    }
    return { pass: bytes, next: this.#wasPressed && bytes.length > 0 ? 'ask' : 'go-on' };
  }
}

/** What a terminal says at a first Ctrl-]; `what` it does the second time, such as `turns it off`. */
export const onceMore = (what: string): string => `\r\n(Ctrl-] once more ${what})\r\n`;
