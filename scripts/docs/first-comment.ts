/** What a file says about itself: its first comment, one sentence of it. Empty where it begins with something else. */
export function firstComment(text: string): string {
  const lines = text.split('\n').filter((line) => !line.startsWith('#!') && !/^<\?xml/.test(line));
  const words: string[] = [];
  for (const line of lines) {
    const comment = /^\s*(?:#|\/\/)\s?(.*)$/.exec(line)?.[1];
    if (comment === undefined || comment.trim() === '') break;
    words.push(comment.trim());
  }
  const all = words.join(' ');
  return /^.*?[.:](?= [A-Z(]|$)/.exec(all)?.[0].replace(/:$/, '') ?? all;
}
