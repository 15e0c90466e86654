/** A small generator of pseudo-random numbers (mulberry32): the same seed gives the same documents on every machine. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const PIECES = [
  '"',
  "'",
  '\\',
  '#',
  '%',
  '%end',
  '\n',
  '\r\n',
  '\u2028',
  '\0',
  ' ',
  '\t',
  '=',
  '--',
  '-',
  '@',
  '^',
  ',',
  '%include /x',
  '%post',
  '%packages',
  '\ud800',
  '\udc80',
  '\ufeff',
  '<<EOF',
  '0',
  '-1',
  '99999999999999999999',
];

/** Changes a text in one to six places: deletes, inserts, repeats, moves and replaces parts of it. */
export function mutate(text: string, random: (below: number) => number): string {
  let result = text;
  for (let count = 1 + random(6); count > 0; count--) {
    const from = random(result.length + 1);
    const to = Math.min(result.length, from + random(40));
    const part = result.slice(from, to);
    const replacement = [
      '',
      PIECES[random(PIECES.length)] ?? '',
      part + part,
      part.split('').reverse().join(''),
      part.toUpperCase(),
      result.slice(random(result.length + 1)).slice(0, 60),
    ];
    result = result.slice(0, from) + (replacement[random(replacement.length)] ?? '') + result.slice(to);
  }
  return result;
}
