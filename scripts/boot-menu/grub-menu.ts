/**
 * A menu on screen and on the first serial port: one second, or what the kickstart says, then the first entry. Nearly every start wants that one; any
 * key in that second, or held down before it, stops the clock.
 */
export function grubMenu(entries: readonly string[], timeout = 1): string {
  return `${[
    `set timeout=${timeout}`,
    'set default=0',
    'if serial --unit=0 --speed=115200; then',
    '  terminal_input console serial',
    '  terminal_output console serial',
    'fi',
    ...entries,
    `if [ "$grub_platform" = efi ]; then`,
    `  menuentry ${quoteForGrub('Firmware settings')} { fwsetup }`,
    'fi',
  ].join('\n')}\n`;
}

/** Files by their paths in GRUB's root; `first`: an argument in GRUB's own words, with variables. */
export function menuEntry(
  title: string,
  kernel: string,
  initramfs: string,
  commandLine: readonly string[],
  first?: string,
): string {
  const words = [...(first === undefined ? [] : [first]), ...commandLine.map(quoteForGrub)];
  return [
    `menuentry ${quoteForGrub(title)} {`,
    `  linux ${kernel} ${words.join(' ')}`,
    `  initrd ${initramfs}`,
    '}',
  ].join('\n');
}

/** One word for GRUB's own shell: inside single quotes nothing is special. */
export function quoteForGrub(word: string): string {
  return /^[\w=:,./@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
