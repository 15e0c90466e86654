import type { DiskLayout } from '../choices.ts';
import { answer, type Item } from '../screen.ts';
import { newSecret } from '../secrets.ts';
import type { Question } from '../walk.ts';

const layouts: readonly (DiskLayout & { readonly tag: string; readonly words: string })[] = [
  { tag: 'ext4', type: 'plain', fileSystem: 'ext4', words: 'One file system: ext4, which is simple and well tried' },
  {
    tag: 'xfs',
    type: 'plain',
    fileSystem: 'xfs',
    words: 'One file system: XFS, good with large files (disks of guests)',
  },
  { tag: 'btrfs', type: 'plain', fileSystem: 'btrfs', words: 'One file system: Btrfs, with snapshots' },
  { tag: 'lvm', type: 'lvm', fileSystem: 'ext4', words: 'Volumes (LVM), the first with ext4: disks can be added' },
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
  const items = can.map(({ tag, words }): Item => [tag, words]);
  const chosen = screen.menu('Layout', 'What shall be on the disk?', items, { initial: known?.tag ?? 'ext4' });
  if (chosen.kind !== 'answer') return chosen;
  const found = can.find(({ tag }) => tag === chosen.value);
  if (found === undefined) throw new Error(`there is no layout ${chosen.value}`);
  return answer({ ...draft, layout: { type: found.type, fileSystem: found.fileSystem } });
};

/** Whether the disk is encrypted; the passphrase, and whether this computer opens it by itself. */
export const encryption: Question = (draft, screen, { medium: { initramfs }, computer }) => {
  const { encryption: known, ...others } = draft;
  if (!initramfs.crypt) return { kind: 'skipped', value: others };
  const wanted = screen.yes(
    'Encryption',
    'Shall the disk be encrypted? Without its passphrase nobody can read it then, you included.',
    { initial: known !== undefined },
  );
  if (wanted.kind !== 'answer') return wanted;
  if (!wanted.value) return answer(others);
  const passphrase = newSecret(screen, 'passphrase of the disk', isTypedAnywhere);
  if (passphrase.kind !== 'answer') return passphrase;
  const canTpm = computer.hasTpm && initramfs.tpm2;
  if (!canTpm) return answer({ ...draft, encryption: { passphrase: passphrase.value, byTpm: false } });
  const byTpm = screen.yes(
    'Encryption',
    'This computer has a TPM. Shall it open the disk by itself at each start, as long as its firmware settings and boot loader stay as they are? The passphrase opens it in any case.\n\nThis keeps the disk closed in another computer; who takes the whole computer can start it.',
    { initial: known?.byTpm ?? false },
  );
  return byTpm.kind === 'answer'
    ? answer({ ...draft, encryption: { passphrase: passphrase.value, byTpm: byTpm.value } })
    : byTpm;
};

/** What asks at the start of the computer knows the keys of a US keyboard alone. */
const isTypedAnywhere = (text: string): string | undefined =>
  /^[\x20-\x7e]*$/.test(text)
    ? undefined
    : 'Only letters without accents, digits, blanks and the usual signs: others may not be there when it is asked for at the start.';
