import type { DiskLayout } from '../choices.ts';
import { answer, type Item } from '../screen.ts';
import { newSecret } from '../secrets.ts';
import type { Question } from '../walk.ts';

const layouts: readonly (DiskLayout & { readonly tag: 'ext4' | 'xfs' | 'btrfs' | 'lvm' })[] = [
  { tag: 'ext4', type: 'plain', fileSystem: 'ext4' },
  { tag: 'xfs', type: 'plain', fileSystem: 'xfs' },
  { tag: 'btrfs', type: 'plain', fileSystem: 'btrfs' },
  { tag: 'lvm', type: 'lvm', fileSystem: 'ext4' },
];

/** How the disk is divided, of what the system on the medium can start from. */
export const layout: Question = (draft, screen, { medium: { initramfs } }) => {
  const can = layouts.filter(
    ({ type, fileSystem }) => (type === 'plain' || initramfs.lvm) && (fileSystem === 'ext4' || initramfs[fileSystem]),
  );
  const first = can[0];
  if (first !== undefined && can.length === 1) return { kind: 'skipped', value: { ...draft, layout: first } };
  const known = can.find(
    ({ type, fileSystem }) => type === draft.layout?.type && fileSystem === draft.layout.fileSystem,
  );
  const items = can.map(({ tag }): Item => [tag, screen.words.layout[tag]]);
  const chosen = screen.menu(screen.words.layout.title, screen.words.layout.text, items, {
    initial: known?.tag ?? 'ext4',
  });
  if (chosen.kind !== 'answer') return chosen;
  const found = can.find(({ tag }) => tag === chosen.value);
  if (found === undefined) throw new Error(`there is no layout ${chosen.value}`);
  return answer({ ...draft, layout: { type: found.type, fileSystem: found.fileSystem } });
};

/** Whether the disk is encrypted; the passphrase, and whether this computer opens it by itself. */
export const encryption: Question = (draft, screen, { medium: { initramfs }, computer }) => {
  const { encryption: known, ...others } = draft;
  if (!initramfs.crypt) return { kind: 'skipped', value: others };
  const words = screen.words.encryption;
  const wanted = screen.yes(words.title, words.text, { initial: known !== undefined });
  if (wanted.kind !== 'answer') return wanted;
  if (!wanted.value) return answer(others);
  const passphrase = newSecret(screen, words.passphrase, (text) =>
    isTypedAnywhere(text) ? undefined : words.notTypable,
  );
  if (passphrase.kind !== 'answer') return passphrase;
  const canTpm = computer.hasTpm && initramfs.tpm2;
  if (!canTpm) return answer({ ...draft, encryption: { passphrase: passphrase.value, byTpm: false } });
  const byTpm = screen.yes(words.title, words.tpm, { initial: known?.byTpm ?? false });
  return byTpm.kind === 'answer'
    ? answer({ ...draft, encryption: { passphrase: passphrase.value, byTpm: byTpm.value } })
    : byTpm;
};

/** What asks at the start of the computer knows the keys of a US keyboard alone. */
const isTypedAnywhere = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
