/** A preset's name as an expression: `*` and `?` as in file names, and a template stands for its instances. */
export function presetPattern(name: string): RegExp {
  const expression = name
    .replace('@.', '@*.')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`);
}
