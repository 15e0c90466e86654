import type { Span } from '../diagnostic/index.ts';
import { closest } from './did-you-mean.ts';
import type { Findings } from './findings.ts';
import type { NameKind, ResolvedFlavour } from './model.ts';
import type { BaseFile } from './source-files.ts';

const ONE_OF: Record<NameKind, string> = { packages: 'package', units: 'unit', paths: 'path' };

/** Translates logical names into a base's own, and remembers what the base says it does not have. */
export class BaseNames {
  readonly #base: BaseFile;
  readonly #file: string;
  readonly #findings: Findings;
  readonly gaps: ResolvedFlavour['gaps'][number][] = [];

  constructor(base: BaseFile, file: string, findings: Findings) {
    this.#base = base;
    this.#file = file;
    this.#findings = findings;
  }

  /**
   * This base's names. Empty where it has none: that is an error unless `absence` allows it, and recorded as a gap
   * if so. A name that the base file does not mention at all is always an error.
   */
  translate(kind: NameKind, logical: string, at: Span, absence: 'allowed' | 'error'): readonly string[] {
    const names = this.#base.names[kind];
    const mapping = Object.hasOwn(names, logical) ? names[logical] : undefined;
    if (mapping === undefined) {
      const slip = closest(logical, Object.keys(names));
      this.#findings.error(
        'unmapped-name',
        `base \`${this.#base.base}\` has no name for the logical ${ONE_OF[kind]} \`${logical}\``,
        at,
        { hint: slip ? `did you mean \`${slip}\`?` : `add it below \`names: ${kind}:\` in ${this.#file}` },
      );
      return [];
    }
    if (typeof mapping === 'string') return [mapping];
    if (!('missing' in mapping)) return mapping;
    if (absence === 'allowed') this.gaps.push({ kind, logical, reason: mapping.missing, at });
    else this.#missing(kind, logical, mapping.missing, at);
    return [];
  }

  #missing(kind: NameKind, logical: string, reason: string, at: Span): void {
    const hint = kind === 'packages' ? 'mark it `optional: true` where the component does without it' : undefined;
    const message = `base \`${this.#base.base}\` does not have the ${ONE_OF[kind]} \`${logical}\`: ${reason}`;
    this.#findings.error('missing-on-base', message, at, hint === undefined ? {} : { hint });
  }
}
