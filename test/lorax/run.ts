import { strict as assert } from 'node:assert';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { explainStep } from '../../scripts/engines/anaconda/index.ts';
import { planLivemedia } from '../../scripts/engines/livemedia/plan.ts';
import { host } from '../../scripts/engines/livemedia/runners/host.ts';
import { watchCreator } from '../../scripts/engines/livemedia/watch-creator.ts';
import { findPlaces } from '../../scripts/places/index.ts';
import { LearnedTimes, runPlan } from '../../scripts/plan/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';
import { parseCreatorArguments } from '../engines/livemedia/creator-model.ts';
import { creatorWords, requestFor } from '../engines/livemedia/fixtures.ts';
import { execution } from '../plan/fixtures.ts';

/** See README.md beside this file. */

const here = import.meta.dirname;
const [lorax, pykickstart] = process.argv.slice(2).map((directory) => path.resolve(directory));
if (lorax === undefined || !existsSync(path.join(lorax, 'src/pylorax')) || process.getuid?.() !== 0) {
  console.error('usage, as root: npm run test:lorax -- LORAX_SOURCES [PYKICKSTART_SOURCES]');
  process.exit(2);
}
const cache = path.join(findPlaces().cache, 'lorax-test');
const builder = path.join(cache, 'builder');
const runner = new SystemRunner();

const packages = [
  'python3-minimal',
  'python3-mako',
  'python3-psutil',
  'python3-selinux',
  'python3-requests',
  'python3-charset-normalizer',
  'squashfs-tools',
  'xorriso',
  'isomd5sum',
  'e2fsprogs',
  'dosfstools',
  'mount',
  'util-linux',
  'kpartx',
  'xz-utils',
  'grub-common',
  'grub2-common',
  'grub-pc-bin',
  'grub-efi-amd64-bin',
  'procps',
  'python3',
  'mtools',
];

async function makeBuilder(): Promise<void> {
  if (existsSync(path.join(builder, 'usr/bin/mcopy'))) return;
  mkdirSync(cache, { recursive: true });
  rmSync(builder, { recursive: true, force: true });
  console.error('Making the builder tree, once');
  await runner.run({
    argv: [
      ...(['mmdebstrap', '--mode=root', '--variant=apt', `--include=${packages.join(',')}`] as const),
      '--aptopt=APT::Install-Recommends "false"',
      'trixie',
      builder,
      'http://deb.debian.org/debian',
    ],
  });
  for (const name of ['sources', 'pykickstart', 'stubs', 'work']) mkdirSync(path.join(builder, 'opt', name));
  mkdirSync(path.join(builder, 'usr/share/lorax'));
  mkdirSync(path.join(builder, 'mnt/sysimage'));
  symlinkSync('grub-mkimage', path.join(builder, 'usr/bin/grub2-mkimage'));
}

/** The words of a command that runs `argv` in the builder tree; `shared` is there at the same path. */
function inBuilder(shared: string, argv: readonly string[]): [string, ...string[]] {
  const script = [
    'root=$1 shared=$2 here=$3 lorax=$4 pykickstart=$5; shift 5',
    'mount --rbind /dev "$root/dev"; mount -t proc proc "$root/proc"; mount --rbind /sys "$root/sys"',
    'mkdir -p "$root$shared"; mount --bind "$shared" "$root$shared"; mount --bind "$lorax" "$root/opt/sources"',
    'mount --bind "$lorax/share" "$root/usr/share/lorax"; mount --bind "$here/python" "$root/opt/stubs"',
    'if [ -n "$pykickstart" ]; then mount --bind "$pykickstart" "$root/opt/pykickstart"; fi',
    'if [ -d "$shared/private-tmp" ]; then mount --bind "$shared/private-tmp" "$root/tmp"; fi',
    'PATH=/usr/local/bin:/opt/sources/src/bin:/usr/sbin:/usr/bin; export PATH PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/opt/sources/src:/opt/pykickstart:/opt/stubs',
    'exec chroot "$root" "$@"',
  ].join('\n');
  return [
    ...([
      'unshare',
      '--mount',
      '--propagation=private',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      '--',
    ] as const),
    'sh',
    '-euc',
    script,
    'sh',
    builder,
    shared,
    here,
    lorax ?? '',
    pykickstart ?? '',
    ...argv,
  ];
}

async function buildIso(): Promise<void> {
  const directory = mkdtempSync(path.join(cache, 'run-'));
  copyFileSync(path.join(here, 'anaconda'), path.join(builder, 'usr/local/bin/anaconda'));
  // Debian has no ksvalidator; pykickstart's own reads the kickstart through livemedia-creator all the same.
  copyFileSync('/bin/true', path.join(builder, 'usr/local/bin/ksvalidator'));
  for (const name of ['anaconda', 'ksvalidator']) chmodSync(path.join(builder, 'usr/local/bin', name), 0o755);
  const own = path.join(builder, 'usr/local/bin/mkefiboot');
  rmSync(own, { force: true });
  if (!readFileSync('/proc/filesystems', 'utf8').includes('vfat')) {
    console.error('The kernel has no vfat: mkefiboot is a stand-in too');
    copyFileSync(path.join(here, 'mkefiboot'), own);
    chmodSync(own, 0o755);
  }
  const work = path.join(directory, 'work');
  const request = requestFor();
  const inTree = {
    ...request,
    runner: { ...host, inside: (_: unknown, argv: readonly string[]) => inBuilder(work, argv) },
  };
  try {
    const times = new LearnedTimes(directory);
    const settings = { logDirectory: directory, kickstartFile: 'nano.ks', times, stallMs: 120_000, pollMs: 200 };
    const watch = watchCreator(inTree, settings);
    const more = {
      workDirectory: work,
      logDirectory: directory,
      watch: () => watch,
      explain: explainStep('livemedia'),
    };
    await runPlan(planLivemedia(inTree), execution(directory, more, runner));
    const iso = path.join(work, 'result', 'phyllome-nano-fedora-44.iso');
    const inspect = async (...argv: string[]) => {
      const completed = await runner.run({ argv: inBuilder(directory, argv) }, { allowFailure: true });
      return `${completed.stdout}${completed.stderr}`;
    };
    assert.match(await inspect('checkisomd5', '--verbose', iso), /PASS/);
    await inspect(
      'xorriso',
      '-osirrox',
      'on',
      '-indev',
      iso,
      '-extract',
      '/boot/grub2/grub.cfg',
      `${directory}/grub.cfg`,
    );
    const menu = await inspect('cat', `${directory}/grub.cfg`);
    assert.match(menu, /Test this media & start Phyllome OS 44/);
    assert.match(menu, /root=live:CDLABEL=PHYLLOME_NANO console=tty0 console=ttyS0,115200 rd\.live\.image/);
    const phases = Object.keys(times.of('nano/fedora-44/iso/host')?.milliseconds ?? {});
    for (const phase of ['begin', 'anaconda', 'packages', 'post', 'squashfs', 'dracut', 'iso']) {
      assert.ok(phases.includes(phase), `phase ${phase} was not seen: ${phases.join()}`);
    }
    console.log('livemedia-creator made an ISO by our plan, and every phase was seen');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Command lines good and bad: ours, and every way to spell an option wrong that the model knows of. */
async function compareParsers(): Promise<void> {
  const plan = planLivemedia(requestFor());
  const own = [...creatorWords(plan)].map((word) => word.replace(/\$\{livemedia\}/, '/w'));
  const cases = [
    own,
    [...own, '--make-tar'],
    own.filter((word) => word !== '--make-iso'),
    ...['--title=x', '--image=x', '--ram=much', '--iso-only=yes', '@nothing', 'word', '--virt'].map((word) => [
      ...own,
      word,
    ]),
    ...['--timeou=5', '--proj=P', '--dracut-c=x', '--vnc=a', '-pName', '--macboot'].map((word) => [...own, word]),
    [...own, '--kernel-args', '-x'],
    [...own, '--kernel-args', '-x y'],
    [...own, '--ks', '/b', '--anaconda-arg', 'x y'],
  ];
  const argv = inBuilder(here, ['python3', path.join(here, 'compare_parser.py')]);
  const { stdout } = await runner.run({ argv, stdin: JSON.stringify(cases) });
  const theirs = JSON.parse(stdout) as (Record<string, unknown> | null)[];
  for (const [index, words] of cases.entries()) {
    const ours = attempt(() => parseCreatorArguments(words));
    const real = theirs[index] ?? undefined;
    const added = words.slice(own.length).join(' ');
    assert.equal(
      ours === undefined,
      real === undefined,
      `lorax ${real ? 'takes' : 'refuses'}, the model does not: ${added}`,
    );
    for (const [name, value] of Object.entries(ours ?? {})) {
      if (name !== 'domacboot' && value !== '' && value !== true)
        assert.deepEqual(value, real?.[name], `${name} of ${added}`);
    }
  }
  console.log(`the model of the command line agrees with lorax on ${cases.length} command lines`);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

await makeBuilder();
await compareParsers();
await buildIso();
