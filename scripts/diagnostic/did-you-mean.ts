import { closest as closestOf } from 'kickstart-parser/report';

/** The candidate that `word` is most likely a slip of, whatever the case. For a hint only: a guess may be bold. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const byLowerCase = new Map<string, string>();
  for (const candidate of candidates) {
    const key = candidate.toLowerCase();
    if (!byLowerCase.has(key)) byLowerCase.set(key, candidate);
  }
  const mostEdits = Math.max(1, Math.floor(word.length / 3));
  return byLowerCase.get(closestOf(word.toLowerCase(), byLowerCase.keys(), mostEdits) ?? '');
}
