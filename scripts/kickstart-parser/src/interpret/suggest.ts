/**
 * The candidate that a mistyped word most likely means, the first of several as likely.
 * @param mostEdits how far it may be: without it two edits, and not more than a third of the word
 */
export function closest(word: string, candidates: Iterable<string>, mostEdits?: number): string | undefined {
  return allClosest(word, candidates, mostEdits)[0];
}

/** The same with all that are as likely: a fix may take a guess only if there is one. */
export function allClosest(
  word: string,
  candidates: Iterable<string>,
  mostEdits: number = Math.min(2, Math.floor(word.length / 3)),
): string[] {
  let best: string[] = [];
  let bestDistance = mostEdits;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > bestDistance) continue;
    const distance = editDistance(word, candidate);
    if (distance > bestDistance) continue;
    best = distance < bestDistance ? [candidate] : [...best, candidate];
    bestDistance = distance;
  }
  return best;
}

/** `Did you mean lang or lan?`; undefined when there is nothing to ask. */
export function didYouMean(guesses: readonly string[], quote = ''): string | undefined {
  const words = guesses.map((guess) => `${quote}${guess}${quote}`);
  return words.length === 0 ? undefined : `Did you mean ${words.join(' or ')}?`;
}

/** Number of insertions, deletions, replacements and swaps of neighbours between two words. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_value, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
