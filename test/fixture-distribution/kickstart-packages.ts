/** What a kickstart names between %packages and %end: packages and groups that are wanted, and those that are not. */
export function packagesIn(kickstart: string): {
  readonly packages: readonly string[];
  readonly without: readonly string[];
} {
  const section = /^%packages\b.*\n([\s\S]*?)^%end$/m.exec(kickstart)?.[1] ?? '';
  const lines = section.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return {
    packages: lines.filter((line) => !line.startsWith('-')),
    without: lines.flatMap((line) => (line.startsWith('-') ? [line.slice(1)] : [])),
  };
}
