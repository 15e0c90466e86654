import type { CardVerdict } from './card-verdict.ts';
import type { Unknown } from './dump.ts';
import type { Verdict } from './verdict.ts';

const ANSWERS: readonly (readonly [CardVerdict['answer'], string])[] = [
  ['yes', 'Can be handed to a guest'],
  ['price', 'Can be handed to a guest, at a price'],
  ['together', 'Can be handed over only with others, all to one guest'],
  ['no', 'Stays with the host'],
  ['unknown', 'Cannot be judged: the IOMMU group is not told'],
];

/** What a listing leaves open, and what follows. */
const NOT_TOLD: Readonly<Record<Unknown, string>> = {
  computer: 'processor, firmware and memory: whether guests run here at all',
  groups: 'IOMMU groups: what can be handed over. With them: `phyllome hardware probe`, or a listing of the groups',
  ids: 'which devices these are (vendor and device number): `lspci -nn` has them',
  drivers: 'drivers: any device of a group counts as one that the host uses; `lspci -nnk` has them',
  uses: 'what the host needs now: the disk that it runs from, its network, screen and keyboard. Look before you give away',
  resets: 'whether a device can be reset, and so given to a guest more than once',
  others: 'other devices: this is a part of a listing',
};

/** What a shared group means, and why the way around it is none. */
const ABOUT_GROUPS = [
  'An IOMMU group is what the hardware cannot keep apart: its devices can reach each other past the IOMMU.',
  'Other slots, another firmware version or a card in the processor’s own slot may change a group.',
  '`pcie_acs_override` (patched kernels only) makes the kernel ignore that: a guest with one device of the group may then',
  'read and write the memory of the others, the host’s too. A flavour has to say `acknowledge: [acs-override]` for it.',
];

/** The verdict for people. */
export function verdictInWords({
  computer,
  host,
  cards,
  changes,
  components,
  missingFirmware,
  unseen,
  unknown,
}: Verdict): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [computer, host.words],
    ...ANSWERS.map(([answer, title]) => {
      const own = cards.filter((card) => card.answer === answer);
      return [title, own.flatMap(cardLines)] as const;
    }),
    ...(host.iommu === 'on' || host.iommu === 'unknown'
      ? []
      : [['Can be handed to a guest', ['nothing, as long as there is no IOMMU in use']] as const]),
    ['About shared groups', cards.some(({ isShared }) => isShared) ? ABOUT_GROUPS : []],
    ['To change', changes.map((change, index) => `${index + 1}. ${change}`)],
    ['Components it needs', components.map(({ name, why }) => `${name} (${why})`)],
    ['Firmware that the kernel asked for in vain', missingFirmware],
    ['Not told', unknown.map((what) => NOT_TOLD[what])],
    [
      'Not seen',
      unseen.map((what) =>
        what === 'kernel-messages' ? 'the kernel messages: run the probe as root to have them judged, too' : what,
      ),
    ],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map((line) => `  ${line}`).join('\n')}\n`)
    .join('\n');
}

function cardLines({ card, name, reasons }: CardVerdict): readonly string[] {
  return [
    `${card.functions.map(({ address }) => address).join(', ')}  ${name}`,
    ...reasons.map((reason) => `    ${reason}`),
  ];
}
