import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as build } from '../../scripts/commands/build.ts';
import { run as doctor } from '../../scripts/commands/doctor.ts';
import { EnvironmentError, ReportedError } from '../../scripts/diagnostic/index.ts';
import { workDirectoryFor } from '../../scripts/plan/index.ts';
import { recordingContext } from './recording-context.ts';
import { typeIn } from './type-in.ts';

async function failure(work: Promise<void>): Promise<ReportedError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReportedError) return error;
  throw error ?? new Error('it did not fail');
}

test('the dry run of a Fedora build prints commands that can be pasted', async () => {
  const { context, output } = recordingContext();
  await build({ flavour: 'headless', base: 'fedora-44', engine: 'livemedia', runner: 'podman', dryRun: true }, context);
  expect(output()).toContain('podman run');
  expect(output()).toContain('livemedia-creator --no-virt --make-iso --iso-only');
  expect(output()).toContain('(needs the network, root)');
});

test('a Fedora base is built by livemedia-creator unless somebody says otherwise', async () => {
  const { context, output } = recordingContext();
  await build({ flavour: 'nano', base: 'fedora-44', dryRun: true }, context);
  expect(output()).toContain('livemedia-creator');
});

test('Debian is refused at the base’s line', async () => {
  const { context } = recordingContext();
  const error = await failure(build({ flavour: 'nano', engine: 'livemedia' }, context));
  expect(error.diagnostics[0]).toMatchObject({ code: 'engine-cannot-base' });
  expect(error.diagnostics[0]?.span?.file).toBe('kickstarts/bases/debian-13.yaml');
});

test.each([
  ['--engine magic', '--engine magic: must be direct, livemedia, netinst'],
  [
    '--engine livemedia --output floppy',
    '--output floppy: must be live-iso, installer-iso, disk-raw, disk-qcow2, pxe, oci, tar',
  ],
  ['--engine livemedia --runner cloud', '--runner cloud: must be auto, host, mock, podman'],
])('`%s` is a usage error', async (options, message) => {
  const { context } = recordingContext();
  const error = await failure(typeIn(`build nano --base fedora-44 ${options}`.split(' '), context));
  expect(error.exitCode).toBe(2);
  expect(error.message).toContain(message);
});

test('what livemedia-creator would find after the installation is told at the line of the flavour, at once', async () => {
  const scratch = recordingContext().scratch;
  const own = path.join(scratch, 'own');
  mkdirSync(path.join(own, 'flavours'), { recursive: true });
  writeFileSync(
    path.join(own, 'flavours/bare.yaml'),
    'flavour: bare\nsummary: a test\nextends: nano\npackages: {remove: [live-boot-loaders]}\n',
  );
  const { context } = recordingContext([own]);
  const error = await failure(build({ flavour: 'bare', base: 'fedora-44', dryRun: true }, context));
  expect(error.diagnostics.map(({ code }) => code)).toEqual(Array(3).fill('livemedia-package'));
  expect(error.diagnostics[0]?.related?.[0]).toMatchObject({
    message: 'rendered from here',
    span: { file: expect.stringMatching(/yaml$/) },
  });
});

test('disk images are rendered with a boot loader and an empty disk’s layout', async () => {
  const { context, output } = recordingContext();
  await build({ flavour: 'nano', base: 'fedora-44', output: ['disk-qcow2'], dryRun: true }, context);
  expect(output()).toMatch(/^bootloader --append/m);
  expect(output()).toMatch(/^clearpart --all --initlabel --disklabel=gpt\nreqpart|^clearpart/m);
  expect(output()).toContain('--image-type=qcow2');
});

test('where nothing can run livemedia-creator, each runner says why', async () => {
  if (existsSync('/etc/fedora-release')) return;
  const { context } = recordingContext();
  const error = await failure(build({ flavour: 'nano', base: 'fedora-44', runner: 'host' }, context));
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error.diagnostics[0]?.hint).toContain('not Fedora');
});

test('doctor --clean removes what a killed build left, by the steps that the build wrote down', async () => {
  const { context, output, scratch } = recordingContext();
  // Of a process with this one's number, before the computer was started anew.
  const directory = workDirectoryFor(context.places.cache, `${process.pid}-1-00000000`);
  mkdirSync(path.join(directory, 'tmp'), { recursive: true });
  const trace = path.join(scratch, 'cleaned');
  const steps = [
    { id: 'a', title: 'A', argv: ['no-such-program'], needs: [] },
    { id: 'b', title: 'B', argv: ['touch', trace], needs: [] },
  ];
  writeFileSync(path.join(directory, 'clean.json'), JSON.stringify(steps));
  const alive = workDirectoryFor(context.places.cache);
  cpSync(directory, alive, { recursive: true });

  await doctor({}, context);
  expect(output()).toContain(`doctor --clean\` removes it):\n  ${directory}`);
  await doctor({ clean: true }, context);
  expect(existsSync(directory)).toBe(false);
  expect(readFileSync(trace, 'utf8')).toBe('');
  expect(existsSync(alive)).toBe(true);
  await doctor({}, context);
  expect(output()).toMatch(/left by killed builds: nothing$/);
});

test('doctor judges the runners for every release that a base is for', async () => {
  const { context, output } = recordingContext();
  await doctor({}, context);
  for (const release of ['43', '44', '45', 'rawhide']) {
    for (const runner of ['host', 'mock', 'podman']) {
      expect(output()).toMatch(
        new RegExp(`^(?:works|not here) +livemedia engine, runner ${runner}, Fedora .*\\b${release}\\b.*: `, 'm'),
      );
    }
  }
});
