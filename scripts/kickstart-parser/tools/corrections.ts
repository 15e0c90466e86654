import type { RawVariant } from './raw-facts.ts';

/** Options the reference warns about in releases where its own tables do not say so yet. */
const EARLY_DEPRECATIONS: Readonly<Record<string, string>> = {
  '--isUtc': 'F33',
  '--nontp': 'F33',
  '--ntpservers': 'F33',
  '--instLangs': 'F32',
  '--excludeWeakdeps': 'F32',
};

/** In these releases the warning is the work of code that looks at what was written. */
const WARNS_WHEN: Readonly<Record<string, { readonly warnsWhen: string }>> = {
  '--isUtc': { warnsWhen: 'spelled-out' },
  '--ntpservers': { warnsWhen: 'not-empty' },
  '--instLangs': { warnsWhen: 'spelled-out' },
  '--excludeWeakdeps': { warnsWhen: 'spelled-out' },
};

/** Commands that still work, and warn. */
const WORKING_BUT_DEPRECATED = ['auth', 'authconfig'];

/** Corrects what introspection of the reference cannot see, according to the recorded cases. */
export function corrected(name: string, variants: readonly RawVariant[]): RawVariant[] {
  return variants.flatMap((variant) => {
    if (WORKING_BUT_DEPRECATED.includes(name) && variant.status === 'active') return [{ ...variant, deprecated: true }];
    // RHEL 8 lists it, and fails on every use.
    if (name === 'method' && variant.status === 'active') return [{ versions: variant.versions, status: 'removed' }];
    if (name === 'timezone' || name === '%packages') return withEarlyDeprecations(variant);
    return [name === 'network' ? withDefaultsOfNetwork(variant) : variant];
  });
}

function withEarlyDeprecations(variant: RawVariant): RawVariant[] {
  const { revisions: _revisions, ...rest } = variant;
  const later = variant.versions.filter((version) => version !== 'RHEL8');
  const parts: RawVariant[] = [];
  if (variant.versions.includes('RHEL8')) parts.push({ ...rest, versions: ['RHEL8'] });
  if (later.length > 0) {
    const options = (variant.options ?? []).map((option) => {
      const since = option.names.map((name) => EARLY_DEPRECATIONS[name]).find((release) => release !== undefined);
      if (since === undefined || option.deprecated !== undefined) return option;
      return { ...option, deprecated: since, ...WARNS_WHEN[option.names[0] ?? ''] };
    });
    parts.push({ ...rest, versions: later, options });
  }
  return parts;
}

/** Neither `--activate` nor `--no-activate` is a third state; a device comes up at boot unless told not to. */
function withDefaultsOfNetwork(variant: RawVariant): RawVariant {
  const options = (variant.options ?? []).map((option) => {
    if (option.names.some((name) => name.endsWith('activate'))) return { ...option, default: null };
    return option.names.includes('--onboot') ? { ...option, default: true } : option;
  });
  return { ...variant, options };
}
