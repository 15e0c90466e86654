/** The address of a directory on the web, with a slash at its end; or in words why it is none, as the end of a sentence. */
export function webDirectory(given: string): URL | { readonly fault: string } {
  if (!URL.canParse(given)) return { fault: 'cannot be read' };
  const base = new URL(given);
  // What a log shows, and everybody in the image can read.
  if (base.username !== '' || base.password !== '') return { fault: 'has a name or password in it' };
  if (base.search !== '' || base.hash !== '') return { fault: 'has a ? or # in it' };
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}
