import type { LiveIso } from './image-stage.ts';

/** The boot menu of a live ISO: on screen and on the first serial port, three seconds, then the first entry. */
export function grubConfiguration(iso: Pick<LiveIso, 'title' | 'volumeId' | 'kernelArguments'>): string {
  const boot = [
    `root=live:CDLABEL=${iso.volumeId}`,
    'rd.live.image',
    'rd.live.overlay.overlayfs=1',
    ...iso.kernelArguments,
  ];
  const entry = (title: string, extra: readonly string[]) =>
    [
      `menuentry ${quoteForGrub(title)} {`,
      `  linux /boot/vmlinuz ${[...boot, ...extra].map(quoteForGrub).join(' ')}`,
      '  initrd /boot/initrd.img',
      '}',
    ].join('\n');
  return `${[
    'set timeout=3',
    'set default=0',
    'if serial --unit=0 --speed=115200; then',
    '  terminal_input console serial',
    '  terminal_output console serial',
    'fi',
    entry(iso.title, []),
    entry(`${iso.title}, copied to memory (the medium can be removed)`, ['rd.live.ram=1']),
    `if [ "$grub_platform" = efi ]; then`,
    `  menuentry ${quoteForGrub('Firmware settings')} { fwsetup }`,
    'fi',
  ].join('\n')}\n`;
}

/** One word for GRUB's own shell: inside single quotes nothing is special. */
export function quoteForGrub(word: string): string {
  return /^[\w=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
