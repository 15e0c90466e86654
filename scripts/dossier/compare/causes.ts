import type { ContentsPackage, FileRecord } from '../contents.ts';
import type { BuiltSide } from './built-side.ts';
import { reasonsOf } from './package-reasons.ts';

/** What brought something into one image, in words; undefined where nothing knows. */
export interface Causes {
  package(name: string): string | undefined;
  unit(name: string): string | undefined;
  kernelArgument(argument: string): string | undefined;
  /** The line of the kickstart's source that says so. */
  line(said: string): string | undefined;
  file(path: string): string | undefined;
}

export function causesIn(side: BuiltSide): Causes {
  const { manifest, dossier, kickstart } = side;
  const overlays = new Map(manifest.files.map((file) => [file.path, file]));
  const units = new Map(manifest.units.map((unit) => [unit.name, unit]));
  const userUnits = new Map(manifest.userUnits.map((unit) => [unit.name, unit]));
  const files = new Map(dossier?.files.map((file) => [file.path, file]) ?? []);
  const packages = new Map(dossier?.contents.packages.map((one) => [one.name, one]) ?? []);
  const lines = kickstart?.text.split('\n') ?? [];
  const placeOf = (index: number): string | undefined => {
    const [source = 0, line = 1] = kickstart?.map.lines[index] ?? [];
    const file = kickstart?.map.sources[source];
    return index < 0 || file === undefined ? undefined : `${file}:${line}`;
  };
  const line = (said: string) =>
    placeOf(lines.findIndex((text) => text.trim() === said || text.startsWith(`${said} `)));
  const asked = askedPackages(lines, placeOf);
  const reasons = reasonsOf([...packages.values()], asked);
  const file = (path: string): string | undefined => {
    const overlay = overlays.get(path);
    if (overlay !== undefined) return `component ${overlay.component}: ${overlay.source}`;
    return fileOwner(files.get(path), packages);
  };
  return {
    package: (name) => reasons(name),
    unit: (name) => {
      const isUser = name.endsWith(' (user)');
      const plain = name.replace(/ \(user\)$/, '');
      const unit = (isUser ? userUnits : units).get(plain);
      if (unit !== undefined) return `component ${unit.component}: ${unit.reason}`;
      return file(`/usr/lib/systemd/${isUser ? 'user' : 'system'}/${plain.replace(/@[^.]+\./, '@.')}`);
    },
    kernelArgument: (argument) => {
      const said = kickstart?.map.kernelArguments?.find((one) => one.argument === argument);
      return said && `${said.file}:${said.line}`;
    },
    line,
    file,
  };
}

function fileOwner(record: FileRecord | undefined, packages: ReadonlyMap<string, ContentsPackage>): string | undefined {
  if (record === undefined) return undefined;
  const owner = record.package === undefined ? undefined : packages.get(record.package);
  const whose = owner && `package ${owner.name} ${owner.version}`;
  if (record.configured === true) return whose === undefined ? 'configuration' : `configuration, over ${whose}`;
  return whose ?? 'a script of a package';
}

/** Package → the place that asks for it. */
function askedPackages(
  lines: readonly string[],
  placeOf: (index: number) => string | undefined,
): ReadonlyMap<string, string> {
  const asked = new Map<string, string>();
  let inside = false;
  for (const [index, text] of lines.entries()) {
    if (text.startsWith('%')) inside = text.startsWith('%packages');
    const place = inside && /^[a-z0-9]/.test(text) ? placeOf(index) : undefined;
    if (place !== undefined) asked.set(text.trim(), place);
  }
  return asked;
}
