import { closest, type Span } from '../diagnostic/index.ts';
import type { BaseChain } from './base-chain.ts';
import type { Findings } from './findings.ts';
import type { NameKind, ResolvedFlavour } from './model.ts';
import type { PackageMapping, PathMapping, UnitMapping } from './source-files.ts';

const ONE_OF: Record<NameKind, string> = { packages: 'package', units: 'unit', paths: 'path' };

/** What a base file says for a logical name. */
export type NameMapping = PackageMapping | UnitMapping | PathMapping;

/** One of a base's own names for a logical one, and the line of the base file that says so. */
export interface Translated {
  readonly name: string;
  readonly mapped: Span;
}

/** Translates logical names into a base's own, and remembers what the base says it does not have. */
export class BaseNames {
  readonly #chain: BaseChain;
  readonly #findings: Findings;
  readonly #language: string;
  readonly gaps: ResolvedFlavour['gaps'][number][] = [];

  /** `language`: what `{{language}}` in a package's name stands for. */
  constructor(chain: BaseChain, language: string, findings: Findings) {
    this.#chain = chain;
    this.#findings = findings;
    this.#language = language;
  }

  /**
   * This base's names. Empty where it has none: that is an error unless `absence` allows it, and recorded as a gap
   * if so. A name that the base file does not mention at all is always an error.
   */
  translate(kind: NameKind, logical: string, at: Span, absence: 'allowed' | 'error'): readonly Translated[] {
    const found = this.#chain.value<NameMapping>(['names', kind, logical]);
    const base = this.#chain.names[0];
    if (found === undefined) {
      const slip = closest(logical, this.#chain.keys(['names', kind]));
      this.#findings.error(
        'unmapped-name',
        `base \`${base}\` has no name for the logical ${ONE_OF[kind]} \`${logical}\``,
        at,
        { hint: slip ? `did you mean \`${slip}\`?` : `add it below \`names: ${kind}:\` in ${this.#chain.file}` },
      );
      return [];
    }
    const { value: mapping, at: mapped } = found;
    if (typeof mapping === 'string' || !('missing' in mapping)) {
      return [mapping].flat().map((name) => ({ name: name.replaceAll('{{language}}', this.#language), mapped }));
    }
    if (absence === 'allowed') this.gaps.push({ kind, logical, reason: mapping.missing, at });
    else this.#missing(kind, logical, mapping.missing, at);
    return [];
  }

  /** This base's name for a group; a name that means nothing special stays as it is. */
  group(name: string): string {
    return this.#chain.value<string>(['names', 'groups', name])?.value ?? name;
  }

  #missing(kind: NameKind, logical: string, reason: string, at: Span): void {
    const hint = kind === 'packages' ? 'mark it `optional: true` where the component does without it' : undefined;
    const message = `base \`${this.#chain.names[0]}\` does not have the ${ONE_OF[kind]} \`${logical}\`: ${reason}`;
    this.#findings.error('missing-on-base', message, at, hint === undefined ? {} : { hint });
  }
}
