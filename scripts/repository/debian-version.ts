/**
 * The order of two versions of Debian packages, by deb-version(7): negative where `a` is the older one, 0 where they are equal
 * (`1.0` and `0:1.0-0` are), positive where it is the newer one.
 */
export function compareDebianVersions(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  return (
    compareNumbers(one.epoch, other.epoch) ||
    comparePart(one.upstream, other.upstream) ||
    comparePart(one.revision, other.revision)
  );
}

interface Parts {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

/** The epoch ends with the first colon, and the revision begins behind the last hyphen. */
function partsOf(version: string): Parts {
  const colon = version.indexOf(':');
  const rest = version.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: colon < 0 ? '' : version.slice(0, colon),
    upstream: hyphen < 0 ? rest : rest.slice(0, hyphen),
    revision: hyphen < 0 ? '' : rest.slice(hyphen + 1),
  };
}

/** What is no digit and what is one take turns, each with an order of its own. */
function comparePart(a: string, b: string): number {
  let [left, right] = [a, b];
  while (left !== '' || right !== '') {
    const [[, words = '', number = ''], [, otherWords = '', otherNumber = '']] = [turnOf(left), turnOf(right)];
    const order = compareWords(words, otherWords) || compareNumbers(number, otherNumber);
    if (order !== 0) return order;
    left = left.slice(words.length + number.length);
    right = right.slice(otherWords.length + otherNumber.length);
  }
  return 0;
}

const turnOf = (text: string): readonly string[] => /^(\D*)(\d*)/.exec(text) ?? [];

function compareWords(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = weightOf(a[index]) - weightOf(b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** A tilde comes before everything, even the end; letters before other characters. */
function weightOf(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}

/** Of any length; none is 0. */
export function compareNumbers(a: string, b: string): number {
  const [one, other] = [a, b].map((digits) => digits.replace(/^0+/, '')) as [string, string];
  return one.length - other.length || (one < other ? -1 : Number(one > other));
}
