import { printable } from 'kickstart-parser/report';
import { isLive } from '../progress/index.ts';

/** Milliseconds between two lines of progress within a step where every line stays on record. */
const interval = 10_000;

/** Lets all texts through on a terminal, where they replace each other, and one in ten seconds elsewhere. */
export function plainLineInterval(show: (text: string) => void): (text: string) => void {
  let last = Date.now();
  return (text) => {
    if (!isLive() && Date.now() - last < interval) return;
    last = Date.now();
    // It is what a program printed.
    show(printable(text));
  };
}
