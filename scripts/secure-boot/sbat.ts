/** Component → generation, of lines `COMPONENT,GENERATION,…` (shim's SBAT.md). */
function sbatGenerations(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [component, generation] = line.split(',');
      return component && /^\d+$/.test(generation ?? '') ? [[component, Number(generation)] as const] : [];
    }),
  );
}

/** The components of a program that a level of the firmware's no longer allows, in words: `grub 4 < 5`. */
export function belowLevel(program: string, level: string): readonly string[] {
  const least = sbatGenerations(level);
  return [...sbatGenerations(program)]
    .filter(([component, generation]) => generation < (least.get(component) ?? 0))
    .map(([component, generation]) => `${component} ${generation} < ${least.get(component)}`);
}
