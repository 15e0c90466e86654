/** Attributes of the reference that repeat the name of their command; a reader expects what they hold. */
const RENAMED: Readonly<Record<string, string>> = { selinux: 'mode', firstboot: 'mode' };

/** Field of the model an option sets: the reference's attribute name in camel case. */
export function fieldName(option: { readonly names: readonly string[]; readonly dest?: string }): string {
  const name = RENAMED[option.dest ?? ''] ?? option.dest ?? (option.names[0] ?? '').replace(/^--/, '');
  return name.replace(/^_/, '').replace(/[-_]([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
