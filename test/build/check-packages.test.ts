import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { askRepositories } from '../../scripts/build/ask-repositories.ts';
import { checkPackages } from '../../scripts/build/check-packages.ts';
import { EnvironmentError, ReportedError } from '../../scripts/diagnostic/index.ts';
import { prepareFlavour } from '../../scripts/prepare/index.ts';
import { namesInDebianIndex } from '../../scripts/repository/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { BASE, sourceTree } from '../flavour/source-tree.ts';

const PACK: Readonly<Record<string, readonly string[]>> = {
  '.gz': ['gzip', '-c'],
  '.zst': ['zstd', '-qc'],
  '.xz': ['xz', '-c'],
  '': ['cat'],
};

/** What packages of a repository bring besides their names. */
interface Brings {
  readonly groups?: readonly string[];
  readonly files?: readonly string[];
}

/** A repository as createrepo makes one, small. */
function repository(names: readonly string[], suffix = '.gz', { groups = [], files }: Brings = {}): string {
  const root = scratchDirectory();
  mkdirSync(path.join(root, 'repodata'));
  const provides = groups.map((name) => `<rpm:entry name="group(${name})" flags="EQ" ver="ZyAtIC0A"/>`);
  const packages = names.map(
    (name) => `<package type="rpm">\n  <name>${name}</name>\n  <arch>x86_64</arch>\n${provides.join('\n')}\n</package>`,
  );
  const lists = [listed(root, 'primary', packages, suffix)];
  if (files) {
    const brought = files.map((file) => `<file>${file}</file>`);
    lists.push(listed(root, 'filelists', [`<package name="some">${brought.join('\n')}</package>`], suffix));
  }
  writeFileSync(
    path.join(root, 'repodata/repomd.xml'),
    `<repomd>\n<data type="other"></data>\n${lists.join('\n')}\n</repomd>\n`,
  );
  return root;
}

/** Writes a list; what repomd.xml says of it. */
function listed(root: string, kind: string, packages: readonly string[], suffix: string): string {
  const xml = `<?xml version="1.0"?>\n<metadata packages="${packages.length}">\n${packages.join('\n')}\n</metadata>\n`;
  const [program = 'cat', ...args] = PACK[suffix] ?? [];
  const { stdout, status } = spawnSync(program, args, { input: xml });
  if (status !== 0) throw new Error(`${program} does not work here`);
  writeFileSync(path.join(root, `repodata/${kind}.xml${suffix}`), stdout);
  const hash = createHash('sha256').update(stdout).digest('hex');
  return `<data type="${kind}">\n<checksum type="sha256">${hash}</checksum>\n<location href="repodata/${kind}.xml${suffix}"/>\n</data>`;
}

/** The flavour `small` of a user's directory, whose base takes packages from `address`. */
function flavourWith(
  address: string,
  files: Readonly<Record<string, string>> = {
    'overlays/core/component.yaml': 'component: core\nsummary: the core\npackages: [shell, tools]\n',
  },
  more = '',
): string {
  const rpm = BASE.replace('family: deb', 'family: rpm').replace(
    /repositories:[\s\S]*?\ndefaults:/,
    `repositories:\n  - id: main\n    ${address}\ndefaults:`,
  );
  return sourceTree({
    'bases/test-1.yaml': rpm,
    'flavours/small.yaml': `flavour: small\nsummary: a flavour for tests\nbase: test-1\ncomponents: [core]\n${more}`,
    ...files,
  });
}

async function checked(address: string, directory = flavourWith(address)) {
  const recording = recordingContext([directory]);
  const error = await checkPackages('small', {}, recording.context).then(
    () => undefined,
    (thrown: unknown) => thrown as ReportedError,
  );
  return { ...recording, error };
}

const fileUrl = (root: string) => `baseurl: ${pathToFileURL(root)}`;

test.each(Object.keys(PACK))('names are found in a list packed as `%s`', async (suffix) => {
  const { output, error } = await checked(fileUrl(repository(['bash', 'tool-a', 'tool-b', 'other'], suffix)));
  expect(error).toBeUndefined();
  expect(output()).toBe('test-1: its repositories have all of 3 packages');
});

test('a name that no repository has is told at the base’s line, with who asks and what may be meant', async () => {
  const { error } = await checked(fileUrl(repository(['bash', 'tool-a', 'tool-c'])));
  expect(error).toBeInstanceOf(ReportedError);
  expect(error?.exitCode).toBe(1);
  expect(error?.diagnostics).toMatchObject([
    {
      code: 'unknown-package',
      message: 'no repository of test-1 has a package `tool-b`',
      span: { file: expect.stringMatching(/bases\/test-1.yaml$/) },
      related: [{ span: { file: expect.stringMatching(/overlays\/core\/component.yaml$/), start: { line: 3 } } }],
      hint: 'did you mean `tool-a`?',
    },
  ]);
});

/** A flavour of units and of a user in groups, one unit brought by itself. */
function flavourOfUnits(address: string): string {
  return flavourWith(
    address,
    {
      'overlays/core/rootfs/usr/lib/systemd/system/own.service':
        '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n',
      'overlays/core/component.yaml': `component: core
summary: the core
packages: [shell, tools]
units:
  - {enable: own, reason: brought here}
  - {enable: {exact: daemon.socket}, reason: listens}
  - {enable: {exact: getty@tty2.service}, reason: a prompt}
  - {enable: {exact: sound.service}, user: true, reason: of a session}
  - {mask: {exact: gone.service}, reason: nobody wants it}
`,
    },
    'users: [{name: ada, groups: [wheel, libvirt]}]\n',
  );
}
const allFiles = [
  '/usr/lib/systemd/system/daemon.socket',
  '/usr/lib/systemd/system/getty@.service',
  '/usr/lib/systemd/user/sound.service',
  '/usr/share/doc/other.service',
];
const unitRepository = (brings: Brings) => fileUrl(repository(['bash', 'tool-a', 'tool-b'], '.gz', brings));

test('units that start and groups of users are looked for, too', async () => {
  const address = unitRepository({ files: allFiles, groups: ['libvirt', 'wheel'] });
  const { output, error } = await checked(address, flavourOfUnits(address));
  expect(error).toBeUndefined();
  expect(output()).toBe('test-1: its repositories have all of 3 packages, 3 units, 2 groups');
});

test('each unit and group that no package brings is told where it is asked for', async () => {
  const files = allFiles.filter((file) => !/socket|getty/.test(file));
  const address = unitRepository({ files: [...files, '/usr/lib/systemd/system/daemons.socket'], groups: ['wheel'] });
  const { error } = await checked(address, flavourOfUnits(address));
  expect(error?.diagnostics.map(({ code, message, hint, span }) => [code, message, hint, span?.start?.line])).toEqual([
    [
      'unknown-unit',
      'no repository of test-1 has a package with the unit `daemon.socket`',
      'did you mean `daemons.socket`?',
      6,
    ],
    ['unknown-unit', 'no repository of test-1 has a package with the unit `getty@.service`', undefined, 7],
    ['unknown-group', 'no repository of test-1 has a package that makes the group `libvirt`', undefined, 5],
  ]);
});

test('a group that the kickstart, a script or an overlay makes is asked of no repository', async () => {
  const address = unitRepository({ files: allFiles, groups: ['wheel'] });
  const files = {
    'overlays/core/component.yaml': `component: core
summary: the core
packages: [shell, tools]
post: [{source: make.sh, reason: for a test}]
kickstart: [{command: group --name=family, reason: for a test}]
`,
    'overlays/core/make.sh': 'groupadd --system scanning\n',
    'overlays/core/rootfs/usr/lib/sysusers.d/own.conf': 'g printing - -\n',
  };
  const flavour = (group: string) =>
    flavourWith(address, files, `users: [{name: ada, groups: [wheel, family, scanning, printing, ${group}]}]\n`);
  expect((await checked(address, flavour('family'))).error).toBeUndefined();
  const { error } = await checked(address, flavour('families'));
  expect(error?.diagnostics.map(({ message }) => message)).toEqual([
    'no repository of test-1 has a package that makes the group `families`',
  ]);
});

test('where nobody tells of files or groups, they are not looked for', async () => {
  const address = unitRepository({});
  const { output, error } = await checked(address, flavourOfUnits(address));
  expect(error).toBeUndefined();
  expect(output()).toBe('test-1: its repositories have all of 3 packages');
});

test('over HTTP, through a list of mirrors of which the first is gone; the file is fetched once', async () => {
  const root = repository(['bash', 'tool-a', 'tool-b'], '.zst');
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    asked.push(request.url ?? '');
    if (request.url === '/mirrors?arch=x86_64') {
      response.end(`# a comment\nhttp://127.0.0.1:${port}/gone/\nhttp://127.0.0.1:${port}/here\n`);
      return;
    }
    const file = path.join(root, (request.url ?? '').replace(/^\/here/, ''));
    if (!request.url?.startsWith('/here/') || !existsSync(file)) response.statusCode = 404;
    response.end(response.statusCode === 200 ? readFileSync(file) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { context, error, scratch, output } = await checked(
    `mirrorlist: http://127.0.0.1:${port}/mirrors?arch=$basearch`,
  );
  expect(error).toBeUndefined();
  expect(output()).toMatch(/all of 3 packages/);
  expect(readdirSync(path.join(scratch, 'cache/repodata')).sort()).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}(?:\.zst|-[0-9a-f]{16}\.names)$/),
    expect.stringMatching(/^[0-9a-f]{64}(?:\.zst|-[0-9a-f]{16}\.names)$/),
  ]);
  await checkPackages('small', {}, context);
  expect(asked.filter((url) => url.endsWith('primary.xml.zst'))).toHaveLength(1);
});

test('another file than the one described is refused', async () => {
  const root = repository(['bash', 'tool-a', 'tool-b']);
  writeFileSync(path.join(root, 'repodata/primary.xml.gz'), 'something else');
  const { error } = await checked(fileUrl(root));
  expect(error?.diagnostics).toMatchObject([
    {
      code: 'broken-repository',
      message: expect.stringMatching(/\/repodata\/primary\.xml\.gz is not the file .* the SHA-256 differs/),
      hint: expect.stringContaining('may have changed it'),
    },
  ]);
});

test.each(['../../etc/passwd', 'https://example.org/x', '/etc/passwd'])('a list at %s is no list', async (href) => {
  const root = repository(['bash']);
  const file = path.join(root, 'repodata/repomd.xml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/href="[^"]*"/, `href="${href}"`));
  expect((await checked(fileUrl(root))).error?.diagnostics[0]?.code).toBe('broken-repository');
});

test.each([
  ['baseurl: file:///nowhere/at/all', /cannot be reached:\n {2}file:\/\/\/nowhere\/at\/all: ENOENT/],
  ['mirrorlist: http://127.0.0.1:9/list', /cannot be reached:\n {2}http:\/\/127\.0\.0\.1:9\/list: /],
])('%s: the environment lacks it, and each address is named', async (address, message) => {
  const { error } = await checked(address);
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error?.diagnostics).toMatchObject([
    { code: 'repository-unreachable', message: expect.stringMatching(message) },
  ]);
  expect(error?.diagnostics[0]?.span?.file).toMatch(/bases\/test-1.yaml$/);
});

test('a page where a list should be is told as what it is', async () => {
  const root = repository(['bash']);
  writeFileSync(path.join(root, 'repodata/repomd.xml'), '<!DOCTYPE html><html>Please log in</html>');
  const { error } = await checked(fileUrl(root));
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error?.diagnostics[0]?.message).toContain('does the network ask to log in first?');
});

const added = (command: string) => ({
  'overlays/core/component.yaml': `component: core
summary: the core
packages: [shell, tools, {exact: extra}]
kickstart: [{command: '${command}', reason: for a test}]
`,
});

test('a repository that a kickstart command adds is asked as well', async () => {
  const address = fileUrl(repository(['bash', 'tool-a', 'tool-b']));
  const extra = (name: string) => `repo --name=extra --baseurl=${pathToFileURL(repository([name]))}`;
  expect((await checked(address, flavourWith(address, added(extra('extra'))))).error).toBeUndefined();
  const { error } = await checked(address, flavourWith(address, added(extra('other'))));
  expect(error?.diagnostics.map(({ message }) => message)).toEqual(['no repository of test-1 has a package `extra`']);
});

test('where one cannot be read here, nothing is said to be missing', async () => {
  const address = fileUrl(repository(['bash']));
  const directory = flavourWith(address, added('repo --name=extra --metalink=https://example.org/metalink'));
  const { error } = await checked(address, directory);
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error?.diagnostics.map(({ message }) => message)).toEqual([
    expect.stringContaining('`extra` is given by a metalink'),
  ]);
});

/** What a build asks before its installer starts. */
async function asked(directory: string) {
  const recording = recordingContext([directory]);
  const said: string[] = [];
  const context = { ...recording.context, say: (text: string) => void said.push(text) };
  const prepared = prepareFlavour('small', {}, context, 'live');
  const error = await askRepositories(prepared, context).then(
    () => undefined,
    (thrown: unknown) => thrown as ReportedError,
  );
  return { ...recording, said, error };
}

test('a build asks before it starts: what no repository has is an error at the line that asks for it', async () => {
  const address = unitRepository({ files: allFiles, groups: ['libvirt', 'wheel'] });
  expect((await asked(flavourOfUnits(address))).error).toBeUndefined();
  const poor = unitRepository({ files: allFiles.filter((file) => !file.includes('socket')), groups: ['wheel'] });
  const { error } = await asked(flavourOfUnits(poor));
  expect(error?.exitCode).toBe(1);
  expect(error?.diagnostics.map(({ code, span }) => [code, path.basename(span?.file ?? '')])).toEqual([
    ['unknown-unit', 'component.yaml'],
    ['unknown-group', 'small.yaml'],
  ]);
});

test('a language that no package has is told at the line that names it', async () => {
  const address = fileUrl(repository(['bash', 'tool-a', 'tool-b', 'langpack-en', 'langpack-de']));
  const files = { 'overlays/core/component.yaml': 'component: core\nsummary: the core\npackages: [shell, language]\n' };
  const directory = flavourWith(address, files, 'system: {lang: cy_GB.UTF-8}\n');
  writeFileSync(
    path.join(directory, 'bases/test-1.yaml'),
    readFileSync(path.join(directory, 'bases/test-1.yaml'), 'utf8').replace(
      /^( +)shell:/m,
      '$1language: langpack-{{language}}\n$1shell:',
    ),
  );
  const { error } = await asked(directory);
  expect(error?.diagnostics).toMatchObject([
    {
      message: 'no repository of test-1 has a package `langpack-cy`',
      span: { file: expect.stringMatching(/flavours\/small.yaml$/), start: { line: 5 } },
    },
  ]);
});

test('a build goes on where they cannot be asked, and tells which and why', async () => {
  const { error, warnings } = await asked(flavourWith('baseurl: file:///nowhere/at/all'));
  expect(error).toBeUndefined();
  expect(warnings).toMatchObject([
    {
      code: 'repository-unreachable',
      severity: 'warning',
      message: expect.stringContaining('/nowhere/at/all: ENOENT'),
    },
  ]);
  const metalink = added('repo --name=extra --metalink=https://example.org/metalink');
  const { said, ...unread } = await asked(flavourWith(fileUrl(repository(['bash'])), metalink));
  expect(unread.error).toBeUndefined();
  expect(said).toEqual([expect.stringContaining('`extra` is given by a metalink')]);
});

test('Debian’s indexes hold packages and what they provide', () => {
  const lists = scratchDirectory();
  const stanza =
    'Package: swtpm\nVersion: 1\nProvides: tpm-emulator, vtpm (= 2), arch-one:any\nDescription: Package: none\n\n';
  writeFileSync(path.join(lists, 'mirror_Packages'), `${stanza}Package: qemu-utils\n`);
  writeFileSync(path.join(lists, 'mirror_InRelease'), 'Package: not-one\n');
  expect([...namesInDebianIndex(lists)].sort()).toEqual(['arch-one', 'qemu-utils', 'swtpm', 'tpm-emulator', 'vtpm']);
});
