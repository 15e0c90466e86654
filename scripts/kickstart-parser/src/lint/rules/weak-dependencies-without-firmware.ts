import { insertAt } from '../fixes.ts';
import type { LintRule } from '../rule.ts';

const FIRMWARE = /firmware|microcode|^@?hardware-support$/;

export const weakDependenciesWithoutFirmware: LintRule = {
  id: 'weak-dependencies-without-firmware',
  severity: 'warning',
  summary: 'Without weak dependencies a computer gets no firmware, unless a package list names it.',
  reason: 'Kernels only recommend linux-firmware. Network cards, graphics and disks of real computers may not work.',
  isFixable: false,
  example: '%packages --exclude-weakdeps\nkernel\n%end\n',
  exampleSettings: { isBareMetal: true },
  *check({ document, model, settings }) {
    const { packages } = model;
    if (!settings.isBareMetal || packages === undefined || !packages.flags.excludeWeakdeps) return;
    if ([...packages.packages, ...packages.groups].some(({ name }) => FIRMWARE.test(name))) return;
    const option = packages.given.find(({ field }) => field === 'excludeWeakdeps');
    const span = option?.span ?? packages.headerSpans[0];
    const section = document.nodes.find((node) => node.kind === 'section' && node.name === '%packages');
    if (span === undefined || section?.kind !== 'section') return;
    const fix = insertAt(document, section.bodyEnd, 'Add linux-firmware', 'linux-firmware\n');
    yield { message: 'No firmware is installed', span, suggestions: [fix] };
  },
};
