/** Cases where this package knowingly disagrees with the reference; the package's README lists them by reason. */
export const DEVIATIONS: ReadonlyMap<string, string> = new Map([
  ['0b62f0fccf.2', 'The reference cuts an indented line at the wrong place and writes "auth th" for "  auth".'],
  ['44202bb193.2', 'The reference cuts an indented line at the wrong place and writes "auth ig" for "  authconfig".'],
]);
