/** Pictures between which a display may go to and fro while nothing happens: with its cursor and without. */
const alternating = 2;

/** Since when a machine shows nothing new. A cursor that blinks is nothing new, a clock or a countdown is. */
export class Stillness {
  readonly #shown: string[] = [];
  #sinceMs = 0;

  /** Takes what is shown at a time. `moved`: something else happened meanwhile, such as a disk that was read. */
  look(atMs: number, shown: string, moved: boolean): void {
    const isNew = !this.#shown.includes(shown);
    if (isNew) this.#shown.push(shown);
    if (this.#shown.length > alternating) this.#shown.shift();
    if (isNew || moved) this.#sinceMs = atMs;
  }

  /** Starts anew: somebody pressed a key. */
  disturb(atMs: number): void {
    this.#sinceMs = atMs;
  }

  /** How long nothing has changed. */
  stillMs(atMs: number): number {
    return atMs - this.#sinceMs;
  }
}
