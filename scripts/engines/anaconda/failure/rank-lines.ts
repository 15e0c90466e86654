import type { EvidenceSource } from './evidence.ts';

/** Words that a line with the reason of a failure tends to have, and those that a harmless one has. */
const weights: readonly (readonly [RegExp, number])[] = [
  [/\b(?:fatal|panic|critical|CRT)\b/i, 5],
  [/\b(?:error|ERR|ERROR)\b/i, 4],
  [/\b(?:failed|failure|cannot|could not|unable|refused|denied)\b/i, 3],
  [/\bno such file|not found|missing|invalid|No space|Killed|Traceback|Exception\b/i, 3],
  [/\b(?:warn|warning|WRN)\b/i, 1],
  [/\b(?:debug|DBG|IGNORED|0 errors|no error)\b/i, -4],
];

export interface RankedLine {
  readonly source: string;
  readonly line: string;
}

/** The `count` lines that most probably tell why an unknown failure happened, in the order of the logs; each text once. */
export function rankLines(evidence: readonly EvidenceSource[], count: number): RankedLine[] {
  const seen = new Set<string>();
  const scored = evidence.flatMap(({ name, lines }, place) =>
    lines.flatMap((line, index) => {
      const text = line.trim();
      const score = weights.reduce((sum, [pattern, weight]) => (pattern.test(text) ? sum + weight : sum), 0);
      if (score <= 0 || seen.has(text)) return [];
      seen.add(text);
      // Of two equal lines the later one in a log is nearer to the end of the story.
      return [{ source: name, line: text, place, index, score: score + index / (lines.length + 1) - place / 100 }];
    }),
  );
  return scored
    .sort((left, right) => right.score - left.score)
    .slice(0, count)
    .sort((left, right) => left.place - right.place || left.index - right.index)
    .map(({ source, line }) => ({ source, line }));
}
