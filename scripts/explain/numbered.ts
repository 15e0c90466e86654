/** Names with what is said about them; the second of a name is called `NAME 2`. */
export function numbered(entries: readonly (readonly [name: string, said: string])[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map(([name, said]) => {
      const number = (counts.get(name) ?? 0) + 1;
      counts.set(name, number);
      return [number === 1 ? name : `${name} ${number}`, said];
    }),
  );
}
