import type { Manifest } from './manifest.ts';

/** What Anaconda's payload writes into its log for each package of the transaction, and before the first. */
const ofPackage = /\bInstalling - (\S+)\s*$/;
const ofTotal = /\bStarting the installation\. Total packages: (\d+)/;
/** `bash-5.3.0-2.fc44.x86_64`, `shadow-utils-2:4.18.0-3.fc44.x86_64` */
const nevra = /^(?<name>.+)-(?<version>[^-]+-[^-]+)\.(?<architecture>[^.-]+)$/;

/**
 * The packages that Anaconda installed, by its logs (pyanaconda/modules/payloads/payload/dnf/transaction_progress.py), in
 * the order of their names. Undefined where the logs do not tell of all of them.
 */
export function installedPackages(logs: readonly string[]): Manifest['packages'] | undefined {
  const lines = logs.flatMap((text) => text.split(/\r?\n/));
  const totals = lines.flatMap((line) => ofTotal.exec(line)?.[1] ?? []).map(Number);
  // Several logs may hold the same line.
  const names = [...new Set(lines.flatMap((line) => ofPackage.exec(line)?.[1] ?? []))].sort();
  const packages = names.flatMap((text) => {
    const { name = '', version = '', architecture = '' } = nevra.exec(text)?.groups ?? {};
    return name === '' ? [] : [{ name, version, architecture }];
  });
  return packages.length > 0 && packages.length === totals.at(-1) ? packages : undefined;
}
