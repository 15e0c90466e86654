import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../../scripts/image/index.ts';
import type { LabRun } from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { type TestRun, testImage } from '../../../scripts/test-run/index.ts';
import { places } from '../image/phyllome.ts';
import { toolsTree } from '../lab/environment.ts';
import { administrator, type InstallCase } from './install-case.ts';

/** What an installed disk answers: every check of the flavour, and what is so of an installation alone. */
export interface Answers {
  readonly run: TestRun;
  readonly facts: Readonly<Record<keyof typeof questions, string>>;
  /** What the console shows when the administrator has logged in there. */
  readonly login: string;
}

/** Asked of the installed system. */
const questions = {
  rootFileSystem: 'findmnt -no FSTYPE /',
  failedUnits: 'systemctl --failed --no-legend --plain | grep -v phyllome-lab || true',
  hostname: 'hostname',
  timezone: 'readlink /etc/localtime',
  rootPassword: 'getent shadow root | cut -d: -f2 | cut -c1',
  administratorGroups: `id -nG ${administrator.name} | tr ' ' '\\n' | grep -cx sudo`,
  machineId: 'cat /etc/machine-id',
  hostKey: 'cut -d" " -f2 /etc/ssh/ssh_host_ed25519_key.pub',
  // The live system's own, of which nothing may be left.
  liveTraces: 'grep -c rd.live /proc/cmdline; ls -d /run/initramfs/live 2>/dev/null || true',
  mountedByTable: 'findmnt --verify --tab-file /etc/fstab --noheadings | tail -n 1',
} as const;

/** Starts the computer from the disk alone, without the medium, and asks. */
export async function askInstalled(
  one: InstallCase,
  manifest: Manifest,
  target: string,
  directory: string,
  name: string,
): Promise<Answers> {
  const runDir = path.join(directory, name);
  let facts: Answers['facts'] | undefined;
  let login = '';
  const { bus, sectorBytes } = one.target;
  const run = await testImage(
    { manifest: installedManifest(manifest, (await stat(target)).size), file: target },
    {
      hardware: {
        topology: {
          topology: one.name,
          summary: 'an installed computer',
          firmware: one.firmware,
          boot: { from: 'disk', bus, ...(sectorBytes && { sectorBytes }) },
        },
      },
      accel: 'auto',
      runner: new SystemRunner(),
      toolsRoot: toolsTree(),
      cacheDir: places.cache,
      runDir,
      crowding: 2,
    },
    {
      atStart: (lab) => (one.passphrase === undefined ? undefined : unlock(lab, one.passphrase)),
      hold: async (_result, lab) => {
        facts = await askAll(lab);
        login = await logIn(lab);
      },
    },
  );
  if (facts === undefined) throw new Error('the machine was not asked');
  return { run, facts, login };
}

/** The flavour's manifest, of a disk that somebody can log in to. */
function installedManifest(manifest: Manifest, sizeBytes: number): Manifest {
  return {
    ...manifest,
    image: { file: 'target.qcow2', kind: 'disk', sizeBytes, sha256: '' },
    accountsWithPassword: [...manifest.accountsWithPassword, administrator.name],
  };
}

async function unlock(lab: LabRun, passphrase: string): Promise<void> {
  await Promise.race([lab.screen.waitFor(/Please enter passphrase for disk/, 600_000), lab.failed]);
  lab.screen.type(`${passphrase}\r`);
}

async function askAll(lab: LabRun): Promise<Answers['facts']> {
  const answers: [string, string][] = [];
  for (const [name, script] of Object.entries(questions)) {
    answers.push([name, (await lab.guest.run(script, { allowFailure: true })).stdout.trim()]);
  }
  return Object.fromEntries(answers) as Answers['facts'];
}

/** At the serial console, as a person would. */
async function logIn({ screen }: LabRun): Promise<string> {
  screen.press('Enter');
  await screen.waitFor(/login: *$/, 60_000);
  screen.type(`${administrator.name}\r`);
  await screen.waitFor(/Password: *$/, 60_000);
  screen.type(`${administrator.password}\r`);
  await screen.waitFor(new RegExp(`^${administrator.name}@`, 'm'), 120_000);
  screen.type(`echo ${administrator.password} | sudo -S -p '' id -un\r`);
  return screen.waitFor(/^root$/m, 120_000);
}
