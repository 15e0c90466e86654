import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { scriptCommand } from '../../../scripts/configure/index.ts';
import { identifierFile, placeOf } from '../../../scripts/engines/direct/identifiers.ts';
import { leavingFiles } from '../../../scripts/engines/direct/layers.ts';
import { kernelArguments, volumeId } from '../../../scripts/image/index.ts';
import { plan, planText, stepsOf } from './fixtures.ts';

test('the stages, in order', () => {
  expect(plan([]).stages.map((stage) => stage.id)).toEqual([
    'tools',
    'index',
    'resolve',
    'root-tree',
    'configure',
    'package-files',
    'initramfs',
    'squashfs',
    'live-iso',
  ]);
});

test('a plan is a plain value: writing and reading it changes nothing', () => {
  const planned = plan(['lang C.UTF-8', 'rootpw --lock', '%post\necho hi\n%end']);
  expect(JSON.parse(JSON.stringify(planned))).toEqual(planned);
});

test('the plan of a small kickstart', () => {
  const planned = plan(['lang C.UTF-8', 'bootloader --append="iommu=pt"', '%post --erroronfail\necho hi\n%end']);
  expect(planned).toMatchSnapshot();
});

test('only fetching the tools and the indexes needs the network for sure', () => {
  const needing = plan([]).stages.filter((stage) => stage.steps.some((step) => step.needs.includes('network')));
  expect(needing.map((stage) => stage.id)).toEqual(['tools', 'index']);
});

test('repositories are signed by their own key, at the address that the kickstart says', () => {
  const sources = stepsOf(plan(['repo --name=debian-security --baseurl=http://sec.example/d']), 'index')[0]?.stdin;
  expect(sources?.split('\n')).toEqual([
    'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian trixie main',
    'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://sec.example/d trixie-security main',
    '',
  ]);
});

test('exclusions and weak dependencies reach apt', () => {
  const resolve = (text: string) => stepsOf(planText(`url --url=http://m\n${text}`), 'resolve')[0]?.argv ?? [];
  const with_ = resolve('%packages\nbash\n-nano\n%end');
  expect(with_).toContain('nano-');
  expect(with_).toContain('-oAPT::Install-Recommends=true');
  expect(resolve('%packages --exclude-weakdeps\nbash\n%end')).toContain('-oAPT::Install-Recommends=false');
});

test('documentation and languages are left out at installation', () => {
  const argv =
    stepsOf(planText('url --url=http://m\n%packages --excludedocs --inst-langs=en:de\nbash\n%end'), 'root-tree')[1]
      ?.argv ?? [];
  expect(argv).toContain('--dpkgopt=path-exclude=/usr/share/man/*');
  expect(argv).toContain('--dpkgopt=path-include=/usr/share/locale/de*');
});

test('%post scripts stand in the order of the file, in and beside the tree, with their lines', () => {
  const planned = plan([
    '%post\none\n%end',
    '%post --nochroot --erroronfail\ntwo\n%end',
    '%post --interpreter=/usr/bin/python3 --log=/root/log\nthree\n%end',
  ]);
  const posts = stepsOf(planned, 'configure').filter((step) => step.id.startsWith('post-'));
  expect(posts.map((step) => [step.stdin, step.origin?.start.line, step.onFailure ?? 'stop'])).toEqual([
    ['one\n', 1, 'warn'],
    ['two\n', 4, 'stop'],
    ['three\n', 7, 'warn'],
  ]);
  expect(posts[1]?.argv.join(' ')).toContain('/mnt/sysimage');
  expect(posts[2]?.argv.slice(-2)).toEqual(['/root/log', '/usr/bin/python3']);
});

test('the directory of a log of a %post script is made, as Anaconda does', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-log-'));
  const log = path.join(directory, 'not/there/yet.log');
  const [program = '', ...words] = scriptCommand({ interpreter: '/bin/sh', log });
  const here = words.map((word) => word.replaceAll('/tmp/ks-script', path.join(directory, 'script')));
  expect(spawnSync(program, here, { input: 'echo told\n', encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(log, 'utf8')).toBe('told\n');
  rmSync(directory, { recursive: true });
});

test('kernel arguments and volume id', () => {
  const kickstart = model(parse('bootloader --append="a=1  b c"\n'), 'F44');
  expect(kernelArguments(kickstart)).toEqual(['a=1', 'b', 'c']);
  const builds = ['a', 'b'].map((content) => volumeId('x.y', [content]));
  for (const id of builds) expect(id).toMatch(/^PHYLLOME_X_Y_[0-9A-F]{8}$/);
  expect(new Set(builds).size).toBe(2);
  expect(volumeId('x.y', ['a'])).toBe(builds[0]);
  expect(volumeId('a'.repeat(50), [])).toMatch(/^PHYLLOME_A{14}_[0-9A-F]{8}$/);
});

test('what programs of the image leave for later steps are files, or the build ends', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-left-'));
  const leave = (script: string) => {
    const [program, ...rest] = leavingFiles(directory, ['sh', '-c', script]);
    return spawnSync(program, rest, { cwd: directory, encoding: 'utf8' });
  };
  expect(leave('echo a > packages; mkdir -p sub; echo b > sub/file')).toMatchObject({ status: 0, stderr: '' });
  expect(leave('exit 3').status).toBe(3);
  expect(leave('ln -sf /etc/shadow packages')).toMatchObject({
    status: 1,
    stderr: `a program of the image left what is no file: ${directory}/packages\n`,
  });
  rmSync(directory, { recursive: true });
  for (const [stage, id] of [
    ['configure', 'facts'],
    ['initramfs', 'dracut'],
  ] as const) {
    const step = stepsOf(plan([]), stage).find((one) => one.id === id);
    expect(step?.argv.join(' ')).toContain('! -type f ! -type d');
  }
});

test('a live image has nothing of its building in /tmp, /run and the like, whatever names begin with', () => {
  const argv: readonly string[] = stepsOf(plan([]), 'squashfs').find(({ id }) => id === 'squashfs')?.argv ?? [];
  const excluded = argv.slice(argv.lastIndexOf('-e') + 1);
  for (const directory of ['tmp', 'run', 'var/tmp', 'dev'])
    expect(excluded).toEqual(expect.arrayContaining([`${directory}/*`, `${directory}/.*`]));
});

test('the menu of a live image is finished before the medium is written, under the same name', () => {
  const steps = stepsOf(plan([]), 'live-iso');
  const ids = steps.map(({ id }) => id);
  expect(ids.indexOf('menu-sizes')).toBeGreaterThan(ids.indexOf('identifiers'));
  expect(ids.indexOf('iso')).toBeGreaterThan(Math.max(ids.indexOf('identifiers'), ids.indexOf('menu-sizes')));
  const of = (id: string) => steps.find((step) => step.id === id);
  expect(of('grub-configuration')?.stdin).toContain(`root=live:CDLABEL=${placeOf('volume-id')} `);
  expect(of('iso')?.argv.join(' ')).toContain('volume=$(cat "$0")');
  expect(of('iso')?.argv).toContain(identifierFile('live-iso', 'volume-id'));
});

test('the menu says the size of the image and what a copy takes', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-menu-'));
  const [image, menu] = [path.join(directory, 'squashfs.img'), path.join(directory, 'grub.cfg')];
  writeFileSync(image, '');
  truncateSync(image, 300 * 2 ** 20 + 1);
  writeFileSync(menu, `from ${placeOf('needed-mib')} on: phyllome.copy=${placeOf('image-mib')}\n`);
  const script = stepsOf(plan([]), 'live-iso').find(({ id }) => id === 'menu-sizes')?.argv[2] ?? '';
  expect(spawnSync('sh', ['-euc', script, image, menu]).status).toBe(0);
  expect(readFileSync(menu, 'utf8')).toBe('from 1325 on: phyllome.copy=301\n');
  rmSync(directory, { recursive: true });
});
