/** Words of English sentences that no kickstart uses as values, names of packages or paths. */
const WORDS_OF_SENTENCES: ReadonlySet<string> = new Set([
  'a',
  'an',
  'are',
  'because',
  'for',
  'is',
  'of',
  'that',
  'the',
  'this',
  'which',
]);

/** Whether words are a remark for people: then nothing but a comment can have been meant. */
export function isProse(words: readonly string[]): boolean {
  return words.some((word) => WORDS_OF_SENTENCES.has(word.toLowerCase()));
}
