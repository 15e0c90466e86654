/** What a display shows: three bytes for each pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

/**
 * A picture from the binary PPM format, with one byte for each colour, as QEMU writes it.
 * @throws Error when it is none, or not whole
 */
export function parsePpm(bytes: Buffer): Picture {
  const header = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.subarray(0, 64).toString('latin1'));
  const [width, height] = [Number(header?.[1]), Number(header?.[2])];
  const rgb = bytes.subarray(header?.[0].length ?? 0);
  if (header === null || rgb.length !== width * height * 3)
    throw new Error('QEMU wrote no whole picture of the display');
  return { width, height, rgb };
}

/** Which part of the pixels has the colour that most of them have: 1 where nothing is shown. */
export function plainPart({ rgb }: Picture): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    const count = (counts.get(colour) ?? 0) + 1;
    counts.set(colour, count);
    most = Math.max(most, count);
  }
  return (most * 3) / rgb.length;
}

/** Which part of the pixels differs; all of them where the sizes do. */
export function differingPart(before: Picture, after: Picture): number {
  if (before.width !== after.width || before.height !== after.height) return 1;
  let differing = 0;
  for (let at = 0; at < after.rgb.length; at += 3) {
    if (before.rgb.readUIntBE(at, 3) !== after.rgb.readUIntBE(at, 3)) differing++;
  }
  return (differing * 3) / after.rgb.length;
}
