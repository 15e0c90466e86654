/** The files of a new check, as they are committed: it works as it is, and its comments show what can be said. */
export interface StartingCheck {
  /** Of `scripts/checks/ID.ts`. */
  readonly check: string;
  /** Of `test/checks/examples/ID.ts`. */
  readonly examples: string;
  /** What both export, by name. */
  readonly exported: { readonly check: string; readonly examples: string };
}

/** @param id kebab-case */
export function startingCheck(id: string): StartingCheck {
  const name = id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return {
    exported: { check: name, examples: `${name}Examples` },
    check: `import { type Check, failed, passed } from './check.ts';

export const ${name}: Check = {
  id: '${id}',
  title: 'what is so when it passes, a few words',
  proves: 'What a pass proves and by what means, one or two sentences.',
  // Where these are not there the question makes no sense; it is then skipped, and says why.
  // needs: { machine: ['iommu'], components: ['libvirt'] },
  // While these parts of the image are the same, a pass is not asked for again.
  // inputs: ['packages', 'files'],
  // Seconds that somebody is ready to wait for it, at the reference speed.
  // budgetSeconds: 10,
  async run({ guest }) {
    // A script for sh, as root in the guest. What it prints is what there is to judge.
    const { stdout } = await guest.run('cat /etc/os-release');
    const evidence = stdout.trimEnd().split('\\n');
    return evidence.some((line) => line.startsWith('ID='))
      ? passed('the system has a name', evidence)
      : failed('the system has no name', evidence);
  },
};
`,
    examples: `import type { Example } from './example.ts';

/** What a guest answers, and what the check must say of it: at least one that passes and one that fails. */
export const ${name}Examples: readonly Example[] = [
  {
    of: '${id}',
    when: 'all is well',
    says: [['/etc/os-release', 'ID=debian\\n']],
    passes: 'the system has a name',
  },
  {
    of: '${id}',
    when: 'the file is empty',
    says: [['/etc/os-release', '']],
    fails: 'the system has no name',
  },
];
`,
  };
}
