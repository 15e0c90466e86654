import type { Diagnostic } from '../diagnostic/index.ts';
import { readAnswers } from './answers/read-answers.ts';
import type { Computer } from './computer/computer.ts';
import { diskInWords } from './computer/in-words.ts';
import type { Medium } from './medium/medium.ts';
import type { DiskSelector } from './storage/disk-selector.ts';
import type { Layout } from './storage/layout.ts';
import { planLayout } from './storage/plan-layout.ts';
import type { UsableDisks } from './storage/usable-disks.ts';

/** A medium that can do everything: which disk is taken does not depend on it. */
const anyMedium: Medium = {
  title: '',
  kernelArguments: [],
  menuTimeout: 0,
  rootBytes: 0,
  kernelVersion: '',
  components: [],
  computers: [],
  initramfs: { crypt: true, lvm: true, tpm2: true, btrfs: true, xfs: true },
};

/**
 * Which disk of a computer an answer file would take, and why the others not: in lines, and as findings where it would take none.
 * `file`: how findings name the text. `installationDisk`: what the flavour says of the disk.
 */
export function explainAnswers(
  text: string,
  file: string,
  computer: Computer,
  installationDisk?: DiskSelector,
): { readonly lines: readonly string[]; readonly findings: readonly Diagnostic[] } {
  const { model, findings } = readAnswers(text, file);
  if (findings.length > 0) return { lines: [], findings };
  const medium = { ...anyMedium, ...(installationDisk && { installationDisk }) };
  let count = 0;
  const planned = planLayout(model, computer, medium, () => String(++count).padStart(8, '0'));
  return { lines: disksInLines(planned), findings: planned.findings };
}

/** Each disk with what becomes of it. */
export function disksInLines({
  disks,
  layout,
}: {
  readonly disks: UsableDisks;
  readonly layout?: Layout | undefined;
}): string[] {
  const taken = layout?.disks.map(({ disk }) => disk) ?? [];
  return [
    ...taken.map((disk) => `taken, and wiped: ${diskInWords(disk)}`),
    ...disks.usable.filter((disk) => !taken.includes(disk)).map((disk) => `could be taken: ${diskInWords(disk)}`),
    ...disks.others.map(({ disk, reason }) => `left alone: ${diskInWords(disk)}\n    ${reason}`),
  ];
}
