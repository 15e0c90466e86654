import type { BuiltSide } from './built-side.ts';
import { readTests, type TestRecord } from './tests/read-tests.ts';

/** What one release is in numbers. Absent is what its build did not note, or no test saw. */
export interface Release {
  /** As it was given. */
  readonly name: string;
  readonly flavour: string;
  readonly base: string;
  /** Day of the newest package, ISO 8601: what is inside is as old as that. */
  readonly packagesOf?: string;
  /** Of the first image. */
  readonly imageBytes?: number;
  /** Of all files in it, unpacked. */
  readonly installedBytes?: number;
  readonly initramfsBytes?: number;
  readonly packages?: number;
  /** Units that start with the system. */
  readonly enabledUnits?: number;
  /** The test that memory, services and boot are of. */
  readonly measuredBy?: string;
  /** Accelerator and machine of that: times of others cannot be compared. */
  readonly machine?: string;
  readonly idleMiB?: number;
  readonly services?: number;
  readonly phases?: TestRecord['phases'];
  /** By name, those that failed with why. */
  readonly verdicts: readonly Pick<TestRecord, 'name' | 'verdict' | 'wrong'>[];
}

/**
 * Numbers of releases, in the order in which they are given. Memory and boot are those of the first test in all releases that
 * measured them: what only some were tested by says nothing of the way it went.
 */
export function trendOf(sides: readonly BuiltSide[]): readonly Release[] {
  const tested = sides.map((side) => ({ side, tests: readTests(side.directory, side.manifest) }));
  const measured = tested.map(({ tests }) => tests.filter(({ booted, phases }) => booted && phases !== undefined));
  const some = measured.filter((tests) => tests.length > 0);
  const common = some[0]?.find(({ name }) => some.every((tests) => tests.some((test) => test.name === name)))?.name;
  return tested.map(({ side, tests }, index) => {
    const by = measured[index]?.find(({ name }) => common === undefined || name === common);
    return { ...releaseOf(side), ...(by && measures(by)), verdicts: tests.map(verdictOf) };
  });
}

const verdictOf = ({ name, verdict, wrong }: TestRecord) => ({ name, verdict, wrong });

function measures({ name, machine, idleMiB, services, phases }: TestRecord): Partial<Release> {
  return {
    measuredBy: name,
    machine,
    ...(idleMiB !== undefined && { idleMiB }),
    ...(services !== undefined && { services }),
    ...(phases !== undefined && { phases }),
  };
}

function releaseOf({ given, manifest, dossier }: BuiltSide): Omit<Release, 'verdicts'> {
  const unknown = manifest.unknown ?? [];
  const image = manifest.outputs[0]?.files[0];
  const installed = dossier?.files.reduce((sum, { size }) => sum + size, 0) ?? manifest.sizes.rootBytes;
  const units = dossier?.contents.units.filter(({ scope, state }) => scope === 'system' && /^enabled/.test(state));
  return {
    name: given,
    flavour: manifest.flavour,
    base: manifest.base,
    ...(dossier && { packagesOf: new Date(dossier.contents.newestPackage * 1000).toISOString().slice(0, 10) }),
    ...(image && { imageBytes: image.sizeBytes }),
    ...(!unknown.includes('sizes') && { installedBytes: installed, initramfsBytes: manifest.sizes.initramfsBytes }),
    ...(!unknown.includes('packages') && { packages: manifest.packages.length }),
    ...(units && { enabledUnits: units.length }),
  };
}
