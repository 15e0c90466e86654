import { outputOf, type Step } from '../../plan/index.ts';

/** A value that stands in a plan as a word, and that the content of the finished system decides. */
export interface Identifier {
  readonly name: string;
  /** `uuid`, or `hex`: what is put in front of eight capital digits. */
  readonly kind: 'uuid' | { readonly hex: string };
}

/** What stands for the identifier in a plan's texts until `identifiersStep` puts its value there. */
export function placeOf(name: string): string {
  return `@phyllome-${name}@`;
}

/** The file that holds the identifier's value once `identifiersStep` of that stage has run. */
export function identifierFile(stage: string, name: string): string {
  return `${outputOf(stage)}/identifiers/${name}`;
}

// A version 8 UUID (RFC 9562: the maker's own scheme).
const script = [
  'stage=$1 lock=$2 changes=$3 asked=$4; shift 4; mkdir -p "$stage/identifiers"',
  'seed=$({ cat "$lock" "$changes"; printf %s "$asked"; } | sha256sum | cut -c-64)',
  'while [ "$1" != -- ]; do',
  '  hash=$(printf "%s %s" "$seed" "$1" | sha256sum | cut -c-64)',
  '  if [ "$2" = uuid ]; then value=$(echo "$hash" | sed -E "s/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\\1-\\2-8\\3-8\\4-\\5/")',
  '  else value=${2#hex:}$(echo "$hash" | cut -c-8 | tr a-f A-F); fi',
  '  printf "%s\\n" "$value" > "$stage/identifiers/$1"',
  '  printf "s/@phyllome-%s@/%s/g\\n" "$1" "$value" >> "$stage/identifiers/all.sed"',
  '  shift 2',
  'done; shift',
  'find "$@" -type f -exec sed -i -f "$stage/identifiers/all.sed" {} +',
].join('\n');

/**
 * Gives each identifier its value and puts it into `files`, and into those below directories. It follows from the packages, from what configuration changed and
 * from `asked`: two builds of the same content have the same, any other two have not, whatever their flavours are called.
 */
export function identifiersStep(
  stage: string,
  identifiers: readonly Identifier[],
  asked: string,
  files: readonly string[],
): Step {
  const words = identifiers.flatMap(({ name, kind }) => [name, kind === 'uuid' ? kind : `hex:${kind.hex}`]);
  const inputs = [`${outputOf('resolve')}/lock`, `${outputOf('configure')}/changes`];
  return {
    id: 'identifiers',
    title: 'Giving this build its identifiers',
    argv: ['sh', '-euc', script, 'sh', outputOf(stage), ...inputs, asked, ...words, '--', ...files],
    needs: [],
  };
}
