import { closest, type Span } from '../diagnostic/index.ts';
import type { BaseChain } from './base-chain.ts';
import type { Findings } from './findings.ts';
import type { NameKind, ResolvedFlavour } from './model.ts';
import type { PackageMapping, PathMapping, UnitMapping } from './source-files.ts';

const ONE_OF: Record<NameKind, string> = { packages: 'package', units: 'unit', paths: 'path' };

/** What somebody can say in their own file where the base has no name. */
const OTHERWISE: Record<NameKind, (name: string) => string> = {
  packages: (name) => `a package by the distribution's own name is \`{exact: ${name}}\``,
  units: (name) => {
    const unit = name.includes('.') ? name : `${name}.service`;
    return `a unit by the distribution's own name is \`{exact: ${unit}}\`; one of your own is a file in rootfs/usr/lib/systemd/system/`;
  },
  paths: () => 'an absolute path does without a name',
};

/** Of a unit or its file. */
const suffixOf = (unit: string): string => /\.[a-z]+$/.exec(unit)?.[0] ?? '';
const withoutSuffix = (unit: string): string => unit.slice(0, unit.length - suffixOf(unit).length);
/** `a@.service` for `a@b.service`. */
const templateOf = (unit: string): string => unit.replace(/@[^@]+?(\.[a-z]+)?$/, '@$1');

/** What a base file says for a logical name. */
export type NameMapping = PackageMapping | UnitMapping | PathMapping;

/** One of a base's own names for a logical one, and the line of the base file that says so. */
export interface Translated {
  readonly name: string;
  /** Absent for a unit that an overlay brings. */
  readonly mapped?: Span;
}

/** Translates logical names into a base's own, and remembers what the base says it does not have. */
export class BaseNames {
  readonly #chain: BaseChain;
  readonly #findings: Findings;
  readonly #languages: readonly string[];
  #ownUnits: readonly string[] = [];
  readonly gaps: ResolvedFlavour['gaps'][number][] = [];

  /** `languages`: what `{{language}}` in a package's name stands for, each in turn. */
  constructor(chain: BaseChain, languages: readonly string[], findings: Findings) {
    this.#chain = chain;
    this.#findings = findings;
    this.#languages = languages;
  }

  /** Units whose files overlays bring are known by name, with their suffix or without. */
  bring(paths: readonly string[]): void {
    this.#ownUnits = paths.flatMap(
      (path) => /^\/(?:usr\/lib|etc)\/systemd\/(?:system|user)\/([^/]+)$/.exec(path)?.[1] ?? [],
    );
  }

  /**
   * This base's names. Empty where it has none: that is an error unless `absence` allows it, and recorded as a gap
   * if so. A name that the base file does not mention at all is always an error.
   */
  translate(kind: NameKind, logical: string, at: Span, absence: 'allowed' | 'error'): readonly Translated[] {
    const found = this.#chain.value<NameMapping>(['names', kind, logical]);
    if (found === undefined) return kind === 'units' ? this.#ownUnit(logical, at) : this.#unmapped(kind, logical, at);
    const { value: mapping, at: mapped } = found;
    if (typeof mapping === 'string' || !('missing' in mapping)) {
      return [mapping]
        .flat()
        .flatMap((name) =>
          name.includes('{{language}}')
            ? this.#languages.map((language) => name.replaceAll('{{language}}', language))
            : [name],
        )
        .map((name) => ({ name, mapped }));
    }
    if (absence === 'allowed') this.gaps.push({ kind, logical, reason: mapping.missing, at });
    else this.#missing(kind, logical, mapping.missing, at);
    return [];
  }

  /** This base's name for a group; a name that means nothing special stays as it is. */
  group(name: string): string {
    return this.#chain.value<string>(['names', 'groups', name])?.value ?? name;
  }

  #unmapped(kind: NameKind, logical: string, at: Span): readonly Translated[] {
    const [base] = this.#chain.names;
    const own = kind === 'units' ? this.#ownUnits.map(withoutSuffix) : [];
    const slip = closest(logical, [...this.#chain.keys(['names', kind]), ...own]);
    const hint = slip ? `did you mean \`${slip}\`?` : OTHERWISE[kind](logical);
    this.#findings.error(
      'unmapped-name',
      `base \`${base}\` has no name for the logical ${ONE_OF[kind]} \`${logical}\``,
      at,
      { hint },
    );
    return [];
  }

  #ownUnit(name: string, at: Span): readonly Translated[] {
    const isOwn = (file: string) => [file, withoutSuffix(file)].includes(templateOf(name));
    const found = [...new Set(this.#ownUnits.filter(isOwn))];
    const [first] = found;
    if (first === undefined && name.includes('.')) {
      const slip = closest(name, this.#ownUnits);
      const hint = slip ? `did you mean \`${slip}\`?` : OTHERWISE.units(name);
      this.#findings.error('unknown-unit', `no overlay of this flavour brings the unit \`${name}\``, at, { hint });
      return [];
    }
    if (first === undefined) return this.#unmapped('units', name, at);
    if (found.length > 1) {
      const hint = `say which: ${found.map((file) => `\`${file}\``).join(', ')}`;
      this.#findings.error('ambiguous-unit', `overlays bring several units \`${name}\``, at, { hint });
      return [];
    }
    const suffix = name.endsWith(suffixOf(first)) ? '' : suffixOf(first);
    return [{ name: `${name}${suffix}` }];
  }

  #missing(kind: NameKind, logical: string, reason: string, at: Span): void {
    const hint =
      kind === 'packages'
        ? `mark it \`optional: true\` where it is not needed, or leave it out: \`packages: {remove: [${logical}]}\``
        : undefined;
    const message = `base \`${this.#chain.names[0]}\` does not have the ${ONE_OF[kind]} \`${logical}\`: ${reason}`;
    this.#findings.error('missing-on-base', message, at, hint === undefined ? {} : { hint });
  }
}
