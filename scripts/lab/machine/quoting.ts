/** For the options of QEMU that take JSON. */
export const json = (value: unknown): string => JSON.stringify(value);

/** QEMU's option lists end a value at a comma unless it is doubled. */
export const escapeCommas = (value: string): string => value.replaceAll(',', ',,');
