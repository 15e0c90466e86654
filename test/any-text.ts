import fc from 'fast-check';

/**
 * Any text: code points of all planes, more of those that a kickstart holds. As fast-check's own units make tables of all
 * of Unicode when they are first used, which took three seconds in each process.
 */
export const anyText = fc
  .array(
    fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 0x7f }), weight: 4 },
      { arbitrary: fc.integer({ min: 0x80, max: 0xd7ff }), weight: 2 },
      { arbitrary: fc.integer({ min: 0xe000, max: 0xffff }), weight: 1 },
      { arbitrary: fc.integer({ min: 0x1_0000, max: 0x10_ffff }), weight: 1 },
    ),
  )
  .map((points) => String.fromCodePoint(...points));
