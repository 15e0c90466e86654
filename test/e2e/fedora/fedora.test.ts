import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Manifest } from '../../../scripts/image/index.ts';
import { phyllome, places } from '../image/phyllome.ts';
import { answerVolume } from '../install/disks.ts';
import { answersOf } from '../install/install-case.ts';
import { matrix } from '../install/matrix.ts';
import { bootMedium, inTools, shownKickstart, standIn } from './stand-in.ts';

const out = path.join(places.out, 'nano-fedora-44');
let medium: Awaited<ReturnType<typeof standIn>>;

beforeAll(async () => {
  medium = await standIn();
});
afterAll(() => medium.remove());

const given = () => ['--iso', medium.file, '--sha256', medium.sha256];
/** Trailing spaces do not survive a serial console. */
const linesOf = (content: string) =>
  content
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
const text = (file: string) => linesOf(readFileSync(file, 'utf8'));

test('a medium that nobody vouches for is refused', async () => {
  const { exitCode, stderr } = await phyllome(['installer', 'nano', '--iso', medium.file]);
  expect(stderr).toContain('there is no signed CHECKSUM file that names it');
  expect(exitCode).toBe(1);
});

const installer = path.join(out, 'phyllome-nano-fedora-44-installer.iso');

test('an installer medium: same input, same bytes; the media check passes', async () => {
  const make = async () => {
    const { exitCode, stderr, stdout } = await phyllome(['installer', 'nano', ...given()]);
    expect(stderr).not.toContain('error');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('asks which disk to use');
    return readFileSync(path.join(out, 'SHA256SUMS'), 'utf8');
  };
  const first = await make();
  for (const name of readdirSync(path.join(places.cache, 'stages')).filter((entry) => entry.startsWith('installer-'))) {
    rmSync(path.join(places.cache, 'stages', name), { recursive: true });
  }
  expect(await make()).toBe(first);
  const checked = await inTools(['checkisomd5', '--verbose', installer], [out]);
  expect(`${checked.stdout}${checked.stderr}`).toContain('PASS');
  const damaged = path.join(medium.directory, 'damaged.iso');
  const bytes = readFileSync(installer);
  bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 4096);
  writeFileSync(damaged, bytes);
  const found = await inTools(['checkisomd5', '--verbose', damaged], [medium.directory]);
  expect(`${found.stdout}${found.stderr}`).toContain('FAIL');
});

// By BIOS it starts below, with another kickstart.
test('it boots by UEFI, tests itself by default and brings its kickstart', async () => {
  const lines = await bootMedium(installer, 'uefi', /^ARGUMENTS /);
  const [words = ''] = lines.filter((line) => line.startsWith('ARGUMENTS '));
  const [, label] = /inst\.stage2=hd:LABEL=(PHYLLOME_NANO_[0-9A-F]{8})\s/.exec(words) ?? [];
  expect(words).toContain(`inst.ks=hd:LABEL=${label}:/phyllome.ks`);
  expect(words).toContain('rd.live.check');
  const shown = shownKickstart(lines);
  expect(shown).toBe(text(path.join(out, 'nano.installer.ks')));
  expect(shown).not.toMatch(/^(clearpart|zerombr|part|reqpart)/m);
});

test('the answer file that installs the embedded base reaches the medium as it is', async () => {
  const [one] = matrix.filter(({ by }) => by === 'oemdrv');
  if (one === undefined) throw new Error('no case has its answers on a volume');
  const answers = answersOf(one);
  const volume = await answerVolume(mkdtempSync(path.join(medium.directory, 'answers-')), answers);
  const lines = await bootMedium(medium.file, 'bios', /^ARGUMENTS /, volume);
  expect(lines).toContain('KICKSTART from the label OEMDRV');
  expect(shownKickstart(lines)).toBe(linesOf(answers));
});

test('Anaconda in QEMU: the kickstart arrives on OEMDRV, the disk is installed, shrunk and named', async () => {
  const { exitCode, stdout, stderr } = await phyllome([
    'build',
    'nano',
    '--base',
    'fedora-44',
    '--engine',
    'netinst',
    '--firmware',
    'bios',
    '--accel',
    'tcg',
    ...given(),
  ]);
  // How long it takes: learned from the build before, or an estimate the first time.
  expect(exitCode, stderr).toBe(0);
  expect(`${stdout}${stderr}`).toMatch(/Turning the machine on, which (took|takes about)/);
  const image = path.join(out, 'phyllome-nano-fedora-44.qcow2');
  expect(statSync(image).size).toBeLessThan(2 ** 20);
  // `test` and `run` take it; what the stand-in does not tell is said to be unknown.
  const manifest = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest).toMatchObject({ image: { file: path.basename(image), kind: 'disk' }, base: 'fedora-44' });
  expect(manifest.unknown).toContain('packages');
  expect(JSON.parse(readFileSync(path.join(out, 'build.json'), 'utf8'))).toMatchObject({ kickstart: 'nano.disk.ks' });
  const raw = path.join(medium.directory, 'raw');
  mkdirSync(raw);
  // The stand-in writes what it was given to the disk.
  const read = await inTools(['qemu-io', '-r', '-f', 'qcow2', '-c', 'read -v 0 65536', image], [out]);
  const bytes = [...read.stdout.matchAll(/^[0-9a-f]+: {2}((?:[0-9a-f]{2} ){16})/gm)].flatMap(([, line = '']) =>
    line
      .trim()
      .split(' ')
      .map((byte) => Number.parseInt(byte, 16)),
  );
  const written = Buffer.from(bytes).toString('utf8').replace(/\0+$/, '');
  expect(written).toBe(`INSTALLED BY THE STAND-IN\n${readFileSync(path.join(out, 'nano.disk.ks'), 'utf8')}\ncmdline\n`);
  expect(written).toMatch(/^clearpart --all/m);
});

test('Anaconda’s error is told with its cause, at once, also where the medium starts by itself and by UEFI', async () => {
  const own = mkdtempSync(path.join(places.out, 'own-'));
  onTestFinished(() => rmSync(own, { recursive: true }));
  const component = path.join(own, 'overlays/failing');
  mkdirSync(path.join(component, 'rootfs/etc'), { recursive: true });
  mkdirSync(path.join(own, 'flavours'));
  writeFileSync(path.join(component, 'component.yaml'), 'component: failing\nsummary: asks the stand-in to fail\n');
  writeFileSync(path.join(component, 'rootfs/etc/failing'), '# stand-in: fail\n');
  writeFileSync(
    path.join(own, 'flavours/failing.yaml'),
    'flavour: failing\nsummary: a test\nextends: nano\ncomponents: [failing]\n',
  );
  const { exitCode, stderr } = await phyllome([
    '--dir',
    own,
    'build',
    'failing',
    '--base',
    'fedora-44',
    '--engine',
    'netinst',
    '--boot',
    'medium',
    '--firmware',
    'uefi',
    '--accel',
    'tcg',
    ...given(),
  ]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the repositories have no package phyllome-of-the-moon');
  expect(stderr).toContain('was stopped at the first sign of failure');
  expect(readFileSync(path.join(places.out, 'failing-fedora-44/logs/netinst.log'), 'utf8')).toContain(
    'KICKSTART from the label OEMDRV',
  );
});
