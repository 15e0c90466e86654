// npm run bench:host — a plain Debian 13 server with libvirt against `headless`, in the same lab one after the other:
// memory three minutes after boot, services, open sockets, what the boot waited for, sizes. Prints Markdown; asserts nothing.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtFlavour } from './built-flavour.ts';
import { type HostMeasures, measureHost, runDirectory } from './measure-host.ts';
import { stockIso } from './stock-iso.ts';

const flavour = process.argv[2] ?? 'headless';
const { toolsRoot, imageFile: image, out, cache } = await builtFlavour(flavour);
const place = path.join(out, 'bench-host');
const stock = stockIso(place, toolsRoot);

const measure = (name: string, file: string) =>
  measureHost(file, { toolsRoot, cacheDir: cache, runDir: runDirectory(place, name) });
const plain = await measure('stock', stock);
const ours = await measure(flavour, image);
writeFileSync(path.join(place, 'measures.json'), `${JSON.stringify({ stock: plain, [flavour]: ours }, null, 2)}\n`);

const row = (what: string, of: (host: HostMeasures) => string | number) => `| ${what} | ${of(plain)} | ${of(ours)} |`;
const seconds = (ms: number | undefined) => (ms === undefined ? 'not ended' : `${(ms / 1000).toFixed(1)} s`);
console.log(
  [
    `| | Debian 13 + libvirt-daemon-system | ${flavour} |`,
    '| --- | --- | --- |',
    row('memory used, 3 min after boot, 2 GiB machine', ({ usedMiB }) => `${usedMiB} MiB`),
    row('running services', ({ services }) => services.length),
    row('which', ({ services }) => services.map((name) => name.replace(/\.service$/, '')).join(', ')),
    row('sockets open to the network', ({ listening }) => listening.join(', ') || 'none'),
    row('kernel and initramfs', ({ bootTimes }) =>
      bootTimes ? seconds(bootTimes.kernelMs + bootTimes.initramfsMs) : '?',
    ),
    row('userspace', ({ bootTimes }) => seconds(bootTimes?.userspaceMs)),
    row('critical chain', ({ evidence }) =>
      evidence.criticalChain
        .map(({ unit, startedMs, upMs }) => `${unit} +${Math.max(0, upMs - startedMs)} ms`)
        .join(' → '),
    ),
    row('packages', ({ packages }) => packages),
    row('live ISO', ({ imageMiB }) => `${imageMiB} MiB`),
    '',
    ...[...new Set([...plain.evidence.memory, ...ours.evidence.memory].map(({ unit }) => unit))].map((unit) => {
      const held = (host: HostMeasures) => host.evidence.memory.find((one) => one.unit === unit)?.heldMiB ?? '—';
      return `| ${unit} | ${held(plain)} | ${held(ours)} |`;
    }),
  ].join('\n'),
);
