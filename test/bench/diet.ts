// npm run bench:diet — what each service costs that a default installation would start: a plain Debian 13 with all of them
// at once, in the lab's small server with twice the memory. Prints a Markdown table for overlays/footprint/README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findAccelerator } from '../../scripts/lab/accelerator/index.ts';
import { startLabRun } from '../../scripts/lab/boot/start-lab-run.ts';
import { waitForBoot } from '../../scripts/lab/boot/wait-for-boot.ts';
import { defaultTopology } from '../../scripts/lab/topology/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';
import { builtFlavour } from './built-flavour.ts';
import { type ServiceCost, serviceCosts } from './service-costs.ts';
import { stockIso } from './stock-iso.ts';

/** Packages of Debian that bring what Fedora Server, Fedora Workstation or Debian start by default. */
const daemons =
  `network-manager firewalld tuned tuned-ppd multipath-tools open-iscsi nfs-common mdadm lvm2 smartmontools
rasdaemon irqbalance ksmtuned systemd-oomd modemmanager wpasupplicant avahi-daemon cups-daemon bluez packagekit fwupd
unattended-upgrades udisks2 colord geoclue-2.0 rsyslog cron at auditd sssd exim4-daemon-light`.split(/\s+/);
/** Started when somebody asks for them, which a desktop session does. */
const onDemand = ['packagekit', 'fwupd', 'udisks2', 'colord', 'geoclue', 'polkit', 'wpa_supplicant', 'virtlogd'];

const { toolsRoot, out, cache, imageFile } = await builtFlavour('headless');
const place = path.join(out, 'bench-diet');
const stock = stockIso(place, toolsRoot, daemons);

/** What the services of an image cost on a machine with enough memory for all of them, a minute after its boot. */
async function costsIn(name: string, file: string, start: readonly string[]): Promise<readonly ServiceCost[]> {
  const runDir = path.join(place, 'runs', name);
  mkdirSync(runDir, { recursive: true });
  const runner = new SystemRunner();
  const accelerator = await findAccelerator({ requested: 'auto', runner, toolsRoot, cacheDir: cache });
  const topology = defaultTopology({ accelerator: accelerator.chosen, firmware: 'bios', imageFile: file });
  const run = await startLabRun({
    topology: { ...topology, memoryMiB: 4096 },
    accelerator,
    runner,
    runDir,
    toolsRoot,
    onMilestone: () => {},
  });
  try {
    await waitForBoot(run, accelerator.timeScale);
    run.stopWatching();
    for (const unit of start) await run.guest.run(['systemctl', 'start', unit], { allowFailure: true });
    await sleep(60_000);
    return await serviceCosts(run.guest);
  } finally {
    await run.end();
    await runner.stopAll();
  }
}

const plain = await costsIn('stock', stock, onDemand);
const ours = await costsIn('headless', imageFile, ['polkit', 'virtlogd']);
writeFileSync(path.join(place, 'costs.json'), `${JSON.stringify({ stock: plain, headless: ours }, null, 2)}\n`);
const known = new Set(plain.map(({ unit }) => unit));
console.log('| Unit | Memory | Boot | Processor |\n| --- | --- | --- | --- |');
for (const { unit, memoryMiB, startMs, processorMs } of [...plain, ...ours.filter((one) => !known.has(one.unit))]) {
  console.log(`| \`${unit}\` | ${memoryMiB} MiB | ${startMs} ms | ${processorMs} ms |`);
}
