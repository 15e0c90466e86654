import type { Diagnostic } from '../../diagnostic/index.ts';
import type { FlavourRule } from './rule.ts';

/** What the base of a patched kernel says below `features:`. */
const FEATURE = 'acs-override';

const MEANING =
  'devices that the hardware lets talk to each other past the IOMMU are treated as if it did not: a guest with one of them can read and write the memory of the others, and so of the host';

/** Pretended isolation is worse than none: it needs a kernel that can pretend, and somebody who knows. */
export const acsOverride: FlavourRule = ({ kernelArguments, base, acknowledged }) => {
  const argument = kernelArguments.find((entry) => entry.argument.split('=')[0] === 'pcie_acs_override');
  if (!argument) return [];
  const finding = (code: string, message: string, hint: string): Diagnostic => {
    return { code, severity: 'error', message, span: argument.at, hint };
  };
  return [
    ...(base.features.includes(FEATURE)
      ? []
      : [
          finding(
            'acs-override-kernel',
            `the kernel of ${base.name} does not know \`${argument.argument}\`: it would do nothing`,
            `a base of your own with a patched kernel says \`features: [${FEATURE}]\`; or use another slot of the board`,
          ),
        ]),
    ...(acknowledged.some(({ value }) => value === FEATURE)
      ? []
      : [
          finding(
            'acs-override-unread',
            `\`pcie_acs_override\` takes the guests' isolation away: ${MEANING}`,
            `if every guest is as trusted as the host, the flavour says \`acknowledge: [${FEATURE}]\``,
          ),
        ]),
  ];
};
