import { compareNumbers } from './debian-version.ts';

/**
 * The order of two versions of RPM packages, `[EPOCH:]VERSION[-RELEASE]`, as rpm itself has it: negative where `a` is the older
 * one. A release counts only where both name one.
 */
export function compareRpmVersions(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  const isCompared = one.release !== '' && other.release !== '';
  return (
    compareNumbers(one.epoch, other.epoch) ||
    compareSegments(one.version, other.version) ||
    (isCompared ? compareSegments(one.release, other.release) : 0)
  );
}

function partsOf(evr: string): { readonly epoch: string; readonly version: string; readonly release: string } {
  const {
    epoch = '',
    version = '',
    release = '',
  } = /^(?:(?<epoch>\d+):)?(?<version>[^-]*)(?:-(?<release>.*))?$/.exec(evr)?.groups ?? {};
  return { epoch, version, release };
}

/** rpmvercmp: runs of digits and of letters one by one; what stands between them only parts them. */
function compareSegments(a: string, b: string): number {
  let [left, right] = [a, b];
  while (left !== '' || right !== '') {
    left = left.replace(/^[^A-Za-z0-9~^]+/, '');
    right = right.replace(/^[^A-Za-z0-9~^]+/, '');
    const marked = compareMarks(left, right);
    if (marked !== undefined) {
      if (marked !== 0) return marked;
      [left, right] = [left.slice(1), right.slice(1)];
      continue;
    }
    // Whichever has more left is the newer one.
    if (left === '' || right === '') break;
    const [segment, other] = [segmentOf(left), segmentOf(right)];
    const [isNumber, isOtherNumber] = [/\d/.test(segment), /\d/.test(other)];
    // A number is newer than letters.
    if (isNumber !== isOtherNumber) return isNumber ? 1 : -1;
    const order = isNumber ? compareNumbers(segment, other) : compareTexts(segment, other);
    if (order !== 0) return order;
    left = left.slice(segment.length);
    right = right.slice(other.length);
  }
  return Number(left !== '') - Number(right !== '');
}

const segmentOf = (text: string): string => /^(?:\d+|[A-Za-z]+)/.exec(text)?.[0] ?? '';

const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * A tilde is older than anything, even the end; a caret is newer than the end, and older than anything else. Undefined where
 * neither begins with one, 0 where both begin with the same.
 */
function compareMarks(left: string, right: string): number | undefined {
  for (const mark of ['~', '^']) {
    const [has, otherHas] = [left.startsWith(mark), right.startsWith(mark)];
    if (has && otherHas) return 0;
    if (!has && !otherHas) continue;
    const without = has ? right : left;
    const isOlder = mark === '~' || without !== '';
    return has === isOlder ? -1 : 1;
  }
  return undefined;
}
