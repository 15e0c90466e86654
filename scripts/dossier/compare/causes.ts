import type { BuiltSide } from '../built-side.ts';
import type { ContentsPackage, FileRecord } from '../contents.ts';
import { sourceOfLine } from '../reasons/asked-packages.ts';
import { graphOf } from '../reasons/graph-of.ts';
import { reasonInWords } from '../reasons/reason-in-words.ts';

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
  const sourceOf = sourceOfLine(kickstart);
  const placeOf = (index: number): string | undefined => {
    const source = sourceOf(index);
    return source && `${source.file}:${source.line}`;
  };
  const line = (said: string) =>
    placeOf(lines.findIndex((text) => text.trim() === said || text.startsWith(`${said} `)));
  const { graph, asked } = graphOf(side);
  const file = (path: string): string | undefined => {
    const overlay = overlays.get(path);
    if (overlay !== undefined) return `component ${overlay.component}: ${overlay.source}`;
    return fileOwner(files.get(path), packages);
  };
  return {
    package: (name) => reasonInWords(graph, asked, name),
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
