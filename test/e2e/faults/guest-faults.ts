/** systemd credentials that put a fault into an unmodified image: units, fragments of units, lines of fstab. */
export interface GuestFault {
  /** Extra units by name. Those that multi-user.target is to start are in `started`. */
  readonly units?: Readonly<Record<string, string>>;
  readonly started?: readonly string[];
  /** Fragments that are added to units of the image. */
  readonly fragments?: Readonly<Record<string, string>>;
  readonly fstab?: readonly string[];
}

/** A unit that runs a shell script once. `$` and `%` are systemd's in a command, so the script is its input. */
export function oneShot(script: string, more = ''): string {
  return `[Unit]\nDescription=A seeded fault\n[Service]\nType=oneshot\nExecStart=/bin/sh -s\nStandardInput=data\nStandardInputData=${base64(script)}\n${more}`;
}

/** The SMBIOS strings for some faults together. */
export function credentialsOf(faults: readonly GuestFault[]): string[] {
  const units = Object.assign({}, ...faults.map((fault) => fault.units ?? {})) as Record<string, string>;
  const started = faults.flatMap((fault) => fault.started ?? []);
  const fragments = Object.assign({}, ...faults.map((fault) => fault.fragments ?? {})) as Record<string, string>;
  const fstab = faults.flatMap((fault) => fault.fstab ?? []);
  const wants = started.length === 0 ? {} : { 'multi-user.target': `[Unit]\nWants=${started.join(' ')}\n` };
  return [
    ...Object.entries(units).map(([name, text]) => credential(`systemd.extra-unit.${name}`, text)),
    ...Object.entries({ ...wants, ...fragments }).map(([name, text]) =>
      credential(`systemd.unit-dropin.${name}`, text),
    ),
    ...(fstab.length === 0 ? [] : [credential('fstab.extra', `${fstab.join('\n')}\n`)]),
  ];
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const credential = (name: string, text: string): string => `io.systemd.credential.binary:${name}=${base64(text)}`;
