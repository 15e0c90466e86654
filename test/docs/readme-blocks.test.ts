import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../scripts/command-line/index.ts';
import { declarations } from '../../scripts/commands/declarations.ts';
import { groups, verbs } from '../../scripts/commands/verbs.ts';
import type { ReadingContext } from '../../scripts/context/index.ts';
import { cacheWithBundle } from '../command-bundle.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';
import { type Block, blocks, commandLines } from './readme-blocks.ts';

const all = blocks();
const found = (id: string): Block => all.find((block) => block.id === id) ?? { id, language: '', text: '' };
const program = path.join(checkout, 'ci/phyllome');

const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-readme-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const cache = cacheWithBundle(path.join(scratch, 'cache'));

test('each block says what it is; those that are no drawings are run here', () => {
  expect(all.filter(({ language }) => language !== 'text').map(({ id, language }) => `${id} ${language}`)).toEqual([
    '.github/CONTRIBUTING.md 1 sh',
    'README.md 2 sh',
    'README.md 3 sh',
    'README.md 4 sh',
    'README.md 5 yaml',
    // The first is read by test/forge/workflows.test.ts; the second is of another project's pipeline.
    'ci/README.md 1 yaml',
    'ci/README.md 2 yaml',
    'kickstarts/README.md 1 yaml',
    // Run by the tests of the guest program.
    'overlays/guests/README.md 1 sh',
    'scripts/engines/livemedia/README.md 1 sh',
    'scripts/installation/README.md 2 yaml',
    'scripts/kickstart-parser/README.md 1 sh',
    'scripts/kickstart-parser/README.md 2 ts',
    'scripts/lab/README.md 1 sh',
    // Run by the tests of the package.
    'scripts/lab/README.md 2 ts',
    'scripts/lab/README.md 3 js',
  ]);
});

/** A home directory with a pair of keys, as its owner's `ssh-keygen` leaves it. */
function homeWithKey(): string {
  const home = scratchDirectory();
  mkdirSync(path.join(home, '.ssh'), { mode: 0o700 });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(home, '.ssh/id_ed25519')]);
  return home;
}

function phyllome(args: readonly string[], home: string, out: string) {
  const env = { ...process.env, HOME: home, PHYLLOME_OUT: out, PHYLLOME_CACHE: cache, NO_COLOR: '1', PHYLLOME_DIR: '' };
  return spawnSync(program, args, { env, encoding: 'utf8', cwd: out });
}

/** What the command line makes of it, without doing it. */
const isUnderstood = (args: readonly string[]) =>
  runCommandLine(args, {
    verbs,
    groups,
    declarations,
    version: () => Promise.resolve(''),
    surroundings: () => {
      const reached = (): never => {
        throw new Error('understood');
      };
      const reading = new Proxy({}, { get: reached });
      return { reading: reading as ReadingContext, running: reached };
    },
  });

const flavour = (home: string, block: Block) => {
  mkdirSync(path.join(home, 'my-phyllome/flavours'), { recursive: true });
  writeFileSync(path.join(home, 'my-phyllome/flavours/my-host.yaml'), block.text);
};

describe('README.md', () => {
  test('its own flavour is made, edited to what stands there, compared and planned as written', {
    timeout: 180_000,
  }, () => {
    const home = homeWithKey();
    const [make = [], ...rest] = commandLines(found('README.md 4'), home);
    const made = phyllome(make.slice(1), home, home);
    expect(made.stderr).toContain('edit it');
    expect(made.stdout.trim()).toBe(path.join(home, 'my-phyllome/flavours/my-host.yaml'));
    flavour(home, found('README.md 5'));
    for (const [, ...args] of rest) {
      if (args.includes('test') || args.includes('run')) continue;
      const { status, stderr } = phyllome(args.includes('build') ? [...args, '--dry-run'] : args, home, home);
      expect({ args, status, stderr }).toMatchObject({ status: 0 });
    }
    const { stdout } = phyllome(['--dir', path.join(home, 'my-phyllome'), 'render', 'my-host'], home, home);
    const key = readFileSync(path.join(home, '.ssh/id_ed25519.pub'), 'utf8').trim();
    expect(stdout).toContain(`sshkey --username=ada "${key}"`);
  });

  test('without a pair of keys it says how one is made', { timeout: 60_000 }, () => {
    const home = scratchDirectory();
    flavour(home, found('README.md 5'));
    const { status, stderr } = phyllome(['--dir', path.join(home, 'my-phyllome'), 'lint', 'my-host'], home, home);
    expect(status).toBe(1);
    expect(stderr).toContain('there is no file `~/.ssh/id_ed25519.pub`');
    expect(stderr).toContain('`ssh-keygen -t ed25519` makes a pair');
  });
});

test('the flavour of the language’s page renders as written', { timeout: 60_000 }, () => {
  const home = homeWithKey();
  flavour(home, found('kickstarts/README.md 1'));
  mkdirSync(path.join(home, 'my-phyllome/my-files'));
  const { status, stderr } = phyllome(['--dir', path.join(home, 'my-phyllome'), 'render', 'my-host'], home, home);
  expect(stderr).toMatch(/^written to .*\n$/);
  expect(status).toBe(0);
});

test('what a flavour says of the disk in scripts/installation/README.md is taken by `installer --explain`', () => {
  const home = scratchDirectory();
  const { text } = found('scripts/installation/README.md 2');
  flavour(home, { id: '', language: 'yaml', text: `flavour: my-host\nsummary: mine\nextends: nano\n${text}` });
  const dump = path.join(home, 'dump');
  const disks = [
    'nvme0n1 bytes=512110190592 sector=512 bus=nvme',
    'sda bytes=1000204886016 sector=512 bus=sata rotational',
  ];
  writeFileSync(dump, ['phyllome hardware dump 1', '[firmware]', 'uefi = yes', '[disks]', ...disks, ''].join('\n'));
  const args = [
    '--dir',
    path.join(home, 'my-phyllome'),
    'installer',
    'my-host',
    '--base',
    'debian-13',
    '--explain',
    dump,
  ];
  expect(phyllome(args, home, home)).toMatchObject({
    status: 0,
    stdout: [
      'taken, and wiped: nvme0n1: 476.9 GiB, nvme; holds nothing known',
      'left alone: sda: 931.5 GiB, sata, turning; holds nothing known',
      '    not what the flavour asks for: it turns',
      '',
    ].join('\n'),
  });
});

test.each(all.filter(({ language }) => language === 'sh' || language === ''))(
  'each command line of $id is understood as written',
  async (block) => {
    if (/kickstart-parser|guests/.test(block.id)) return;
    for (const [first, ...args] of commandLines(block, '/home/ada')) {
      if (first === 'npm' || first === 'ci/setup' || first === 'ci/test') continue;
      const line = first === 'ci/build' ? ['build', ...args] : args;
      await expect(isUnderstood(line), line.join(' ')).rejects.toThrow('understood');
    }
  },
);

test('npm scripts that pages name are there', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { scripts: object };
  const named = all.flatMap(({ text }) => [...text.matchAll(/\bnpm run (\S+)/g)].map(([, name = '']) => name));
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

describe('the parser’s page', () => {
  const tsx = ['--conditions=source', '--import', `file://${checkout}/node_modules/tsx/dist/esm/index.mjs`];

  test('its shell block does what its comments say', { timeout: 60_000 }, () => {
    const folder = scratchDirectory();
    const main = path.join(checkout, 'scripts/kickstart-parser/src/cli/main.ts');
    const script = `npm() { :; }
npx() { shift; node ${tsx.join(' ')} ${main} "$@"; echo "status $?"; }
${found('scripts/kickstart-parser/README.md 1').text}`;
    const { stdout, status } = spawnSync('bash', ['--norc', '-c', script], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(0);
    expect([...stdout.matchAll(/^status (\d)$/gm)].map(([, code]) => code)).toEqual(['1', '0', '0']);
    expect(readFileSync(path.join(folder, 'my.ks'), 'utf8')).toContain('part / --size=8192');
  });

  test('its program runs', { timeout: 60_000 }, () => {
    const file = path.join(scratchDirectory(), 'block.mts');
    const door = path.join(checkout, 'scripts/kickstart-parser/src/index.ts');
    const text = found('scripts/kickstart-parser/README.md 2').text.replace("'kickstart-parser'", JSON.stringify(door));
    writeFileSync(file, `${text}\nconsole.log(flat.text);\n`);
    expect(execFileSync('node', [...tsx, file], { encoding: 'utf8' })).toContain('part / --siz=100');
  });
});
