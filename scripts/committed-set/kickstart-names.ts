/** Names of many kickstarts, told shortly. `headless.debian-13.ks` is the flavour headless on debian-13. */

/** Which of all kickstarts these are: `every flavour but nano`, `headless, headless-bridge on debian-13`. */
export function kickstartsInWords(files: ReadonlySet<string>, all: ReadonlySet<string>): string {
  // What is rendered for installers and disks is told of only where nothing else differs.
  const isOfOthers = [...files].every((file) => named(file).purpose !== undefined);
  const known = [...all].map(named).filter(({ purpose }) => isOfOthers || purpose === undefined);
  const these = known.filter(({ file }) => files.has(file));
  const flavours = distinct(these.map(({ flavour }) => flavour));
  const bases = distinct(these.map(({ base }) => base));
  const offered = known.filter(({ base }) => bases.includes(base));
  if (isOfOthers) return byBases(these);
  const isProduct = offered.filter(({ flavour }) => flavours.includes(flavour)).length === these.length;
  if (!isProduct) return byBases(these);
  const others = distinct(offered.map(({ flavour }) => flavour)).filter((flavour) => !flavours.includes(flavour));
  const isOnAll = known.every(({ flavour, base }) => !flavours.includes(flavour) || bases.includes(base));
  return flavoursInWords(flavours, others) + (isOnAll ? '' : ` on ${bases.join(', ')}`);
}

function flavoursInWords(flavours: readonly string[], others: readonly string[]): string {
  if (others.length === 0) return flavours.length > 1 ? 'every flavour' : flavours.join();
  return 2 * others.length < flavours.length ? `every flavour but ${others.join(', ')}` : flavours.join(', ');
}

/** For flavours that are not all on the same bases: each with its own. */
function byBases(files: readonly Named[]): string {
  const groups = new Map<string, string[]>();
  for (const flavour of distinct(files.map((file) => file.flavour))) {
    const key = files.filter((file) => file.flavour === flavour).map(({ base }) => base);
    groups.set(key.join(', '), [...(groups.get(key.join(', ')) ?? []), flavour]);
  }
  return [...groups].map(([bases, flavours]) => `${flavours.join(', ')} on ${bases}`).join('; ');
}

interface Named {
  readonly file: string;
  readonly flavour: string;
  /** With the purpose, where there is one. */
  readonly base: string;
  readonly purpose: string | undefined;
}

function named(file: string): Named {
  const [flavour = '', base = '', purpose] = file.replace(/\.ks$/, '').split('.');
  return { file, flavour, base: purpose === undefined ? base : `${base} for ${purpose}`, purpose };
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
