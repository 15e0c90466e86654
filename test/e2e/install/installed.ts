import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../../scripts/image/index.ts';
import { type ConsoleFinding, type LabRun, machineControl, type TopologyFile } from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { type TestRun, testImage } from '../../../scripts/test-run/index.ts';
import { places } from '../image/phyllome.ts';
import { toolsTree } from '../lab/environment.ts';
import { administrator } from './administrator.ts';
import { clearScreen, logIn, unlock } from './console.ts';
import { askFacts, type Facts } from './facts.ts';
import { type Identifiers, identifiersOf, identifiersScript } from './identifiers.ts';
import type { TriedComputer } from './install-case.ts';

/** What an installed disk answers: every check of the flavour, and what is so of an installation alone. */
export interface Answers {
  readonly run: TestRun;
  readonly facts: Facts;
  readonly identifiers: Identifiers;
  /** What the console shows when the administrator has logged in there. */
  readonly login: string;
  /** What an update of the kernel makes of systemd-boot's menu: the second start goes by that. Absent where GRUB starts the system. */
  readonly enteredKernel?: string;
  /** Of the same machine when it was started once more. */
  readonly secondBoot: { readonly facts: Facts; readonly findings: readonly ConsoleFinding[] };
  /** Lines of the console with which a passphrase was asked for, in both boots. */
  readonly passphrasePrompts: number;
}

/** Starts the computer from the disk alone, without the medium, and asks. What is written goes beside the disk. */
export async function askInstalled(
  one: TriedComputer,
  manifest: Manifest,
  target: string,
  directory: string,
  name: string,
): Promise<Answers> {
  const runDir = path.join(directory, name);
  let held: Omit<Answers, 'run'> | undefined;
  const run = await testImage(
    { manifest: installedManifest(manifest, (await stat(target)).size), file: target },
    {
      hardware: { topology: installedTopology(one) },
      accel: 'auto',
      runner: new SystemRunner(),
      toolsRoot: toolsTree(),
      cacheDir: places.cache,
      runDir,
      platformState: path.join(directory, platformState),
      crowding: 2,
    },
    {
      atStart: (lab) => unlock(lab, [...(one.mistyped ?? []), ...passphrasesOf(one)]),
      hold: async (result, lab) => {
        held = await askHeld(one, result, lab, runDir);
      },
    },
  );
  if (held === undefined) throw new Error('the machine was not asked');
  return { run, ...held };
}

/** The computer without the medium and without other disks. */
export function installedTopology({ name, firmware, tpm, target, ports }: TriedComputer): TopologyFile {
  const { bus, sectorBytes } = target;
  return {
    topology: name,
    summary: 'an installed computer',
    firmware,
    ...(tpm && { tpm }),
    boot: { from: 'disk', bus, ...(sectorBytes && { sectorBytes }) },
    ...(ports && { ports }),
  };
}

/** In the directory of a case: what its computer keeps besides its disks. */
export const platformState = 'platform-state';

async function askHeld(
  one: TriedComputer,
  result: TestRun,
  lab: LabRun,
  runDir: string,
): Promise<Omit<Answers, 'run'>> {
  const ask = async (script: string) => (await lab.guest.run(script, { allowFailure: true })).stdout;
  const facts = await askFacts(ask);
  const identifiers = identifiersOf(await ask(identifiersScript));
  const login = await logIn(lab);
  await clearScreen(lab);
  const enteredKernel = one.flavour === 'installer-sd-boot' ? await enterKernel(lab) : undefined;
  const control = machineControl(lab, result.topology, { runDir, timeScale: result.accelerator.timeScale });
  await Promise.all([control.reboot(), unlock(lab, passphrasesOf(one))]);
  return {
    facts,
    identifiers,
    login,
    ...(enteredKernel !== undefined && { enteredKernel }),
    secondBoot: { facts: await askFacts(ask), findings: lab.scanner.findings },
    passphrasePrompts: lab.consoleLines.filter((line) => line.includes('Please enter passphrase')).length,
  };
}

/** Does what the packages of a kernel do last, for the one that runs. The initramfs is made anew. */
async function enterKernel(lab: LabRun): Promise<string> {
  const script = `version=$(uname -r); entry=/boot/efi/loader/entries/phyllome-$version.conf
rm "$entry" "/boot/efi/phyllome/$version/linux"
/etc/kernel/postinst.d/zz-systemd-boot "$version" "/boot/vmlinuz-$version" >&2
test -s "/boot/efi/phyllome/$version/linux"
[ "$(sed -n 's/^options *//p' "$entry")" = "$(cat /etc/kernel/cmdline)" ] && echo as it was installed || cat "$entry"`;
  const { stdout, stderr } = await lab.guest.run(script, { allowFailure: true, timeoutSeconds: 300 });
  return stdout.trim() || stderr;
}

function passphrasesOf({ passphrase }: TriedComputer): string[] {
  return passphrase === undefined ? [] : [passphrase];
}

/** The flavour's manifest, of a disk that somebody can log in to. */
function installedManifest(manifest: Manifest, sizeBytes: number): Manifest {
  return {
    ...manifest,
    image: { file: 'target.qcow2', kind: 'disk', sizeBytes, sha256: '' },
    accountsWithPassword: [...manifest.accountsWithPassword, administrator.name],
  };
}
