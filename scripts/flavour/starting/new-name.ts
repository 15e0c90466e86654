import type { Findings } from '../findings.ts';
import type { Library } from '../library.ts';

/** Finds whether a new flavour or component can be called so: a name that nobody has. */
export function checkNewName(kind: 'flavour' | 'component', name: string, library: Library, findings: Findings): void {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    const hint = `lower-case letters, digits and single \`-\`, such as \`my-${kind === 'flavour' ? 'host' : 'component'}\``;
    findings.error('wrong-name', `\`${name}\` cannot be a ${kind}'s name`, undefined, { hint });
  }
  const taken = library.load(kind, name);
  if (taken) findings.error('name-taken', `there is a ${kind} \`${name}\` already`, taken.source.spanOfKey([kind]));
}
