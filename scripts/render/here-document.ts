/** Here-documents inside a kickstart's scripts: the bytes that the shell writes are exactly the bytes given. */

/** Words that end a section, or are expanded, wherever a line of a kickstart begins with them. */
const KICKSTART_WORDS = /^\s*%(?:end|include|ksappend|addon|anaconda|certificate|onerror|packages|post|pre|traceback)/m;

/** Line ends that kickstart readers know beside \n, and control characters. Tabs are fine. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const NOT_CARRIED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

/** Whether a kickstart can hold this text inside a script, readable and unchanged. */
export function canCarry(text: string): boolean {
  return !NOT_CARRIED.test(text) && !KICKSTART_WORDS.test(text);
}
