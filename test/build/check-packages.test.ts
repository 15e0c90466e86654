import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { checkPackages } from '../../scripts/build/check-packages.ts';
import { EnvironmentError, ReportedError } from '../../scripts/diagnostic/index.ts';
import { namesInDebianIndex } from '../../scripts/repository/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import {
  added,
  allFiles,
  fileUrl,
  flavourOfUnits,
  flavourWith,
  PACK,
  repository,
  unitRepository,
} from './small-repository.ts';

async function checked(address: string, directory = flavourWith(address)) {
  const recording = recordingContext([directory]);
  const error = await checkPackages('small', {}, recording.context).then(
    () => undefined,
    (thrown: unknown) => thrown as ReportedError,
  );
  return { ...recording, error };
}

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

test('Debian’s indexes hold packages and what they provide', () => {
  const lists = scratchDirectory();
  const stanza =
    'Package: swtpm\nVersion: 1\nProvides: tpm-emulator, vtpm (= 2), arch-one:any\nDescription: Package: none\n\n';
  writeFileSync(path.join(lists, 'mirror_Packages'), `${stanza}Package: qemu-utils\n`);
  writeFileSync(path.join(lists, 'mirror_InRelease'), 'Package: not-one\n');
  expect([...namesInDebianIndex(lists)].sort()).toEqual(['arch-one', 'qemu-utils', 'swtpm', 'tpm-emulator', 'vtpm']);
});
