/** A value inside one of QEMU's option lists, which end a value at a comma unless it is doubled. */
export const qemuOptionValue = (value: string): string => value.replaceAll(',', ',,');
