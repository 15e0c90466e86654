import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { run as diff } from '../../scripts/commands/diff.ts';
import { entriesSince } from '../../scripts/dossier/changelog/entries.ts';
import { RecordingRunner } from '../../scripts/process/index.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { buildDirectory } from './build-sample.ts';
import { usual } from './facts-sample.ts';

const changelog = [
  'iputils (3:20240905-5) trixie-security; urgency=high',
  '',
  '  * Of a signal nobody answers. CVE-2026-1234, CVE-2026-1234',
  '    (Closes: #1)',
  '',
  ' -- Ada <ada@example.org>  Sat, 21 Nov 2026 10:00:00 +0000',
  '',
  'iputils (3:20240905-4) trixie; urgency=medium',
  '',
  '  * ```` in the text',
  '',
  ' -- Zoë Ü. <z@example.org>  Fri, 20 Nov 2026 10:00:00 +0000',
  '',
  'iputils (3:20240905-3) unstable; urgency=medium',
  '',
  '  * The first.',
  '',
  ' -- Ada <ada@example.org>  Mon, 02 Nov 2026 10:00:00 +0000',
  '',
].join('\n');

describe('entries of a changelog', () => {
  test('are those above the older version, with their lines', () => {
    expect(entriesSince(changelog, 'iputils', '3:20240905-3')).toEqual({
      entries: [
        {
          version: '3:20240905-5',
          distribution: 'trixie-security',
          date: 'Sat, 21 Nov 2026 10:00:00 +0000',
          lines: ['* Of a signal nobody answers. CVE-2026-1234, CVE-2026-1234', '  (Closes: #1)'],
        },
        {
          version: '3:20240905-4',
          distribution: 'trixie',
          date: 'Fri, 20 Nov 2026 10:00:00 +0000',
          lines: ['* ```` in the text'],
        },
      ],
      isWhole: true,
    });
  });

  test('are the newest one where the older version is not in it, and none of another source or a half entry', () => {
    const { entries, isWhole } = entriesSince(changelog, 'iputils', '2:1-1');
    expect([entries.map(({ version }) => version), isWhole]).toEqual([['3:20240905-5'], false]);
    expect(entriesSince(changelog, 'other', '1').entries).toEqual([]);
    expect(entriesSince(changelog.slice(0, 80), 'iputils', '1').entries).toEqual([]);
  });
});

const DEB = 'iputils-ping_3%3a20240905-5_amd64.deb';

interface Machine {
  /** Content of the .deb in the download cache; none without. */
  readonly deb?: string;
  readonly tools?: boolean;
  readonly printed?: string;
}

/** What diff tells of two builds of which the second has a newer ping. */
async function told({ deb, tools = true, printed = changelog }: Machine, how: { json?: true; notes?: true } = {}) {
  const before = buildDirectory();
  const packages = usual.packages.replaceAll('3:20240905-3', '3:20240905-5');
  const after = buildDirectory({ facts: { packages } });
  const contents = path.join(after, 'contents.json');
  const sum = createHash('sha256').update('the package').digest('hex');
  const noted = JSON.parse(readFileSync(contents, 'utf8')) as { packages: { name: string; sha256?: string }[] };
  for (const one of noted.packages) if (one.name === 'iputils-ping') one.sha256 = sum;
  writeFileSync(contents, JSON.stringify(noted));
  // The directory that somebody else's record names is not looked at, only its name.
  writeFileSync(path.join(after, 'build.json'), JSON.stringify({ tools: '/elsewhere/stages/tools-0abc' }));
  const { context, output } = recordingContext();
  const { cache } = context.places;
  const make = (file: string, content: string) => {
    mkdirSync(path.dirname(path.join(cache, file)), { recursive: true });
    writeFileSync(path.join(cache, file), content);
  };
  if (deb !== undefined) make(`packages/${DEB}`, deb);
  if (tools) make('stages/tools-0abc/root/usr/bin/tar', '');
  const runner = new RecordingRunner(() => ({ stdout: printed }));
  await diff({ a: before, b: after, ...how }, { ...context, runner });
  return { text: output(), commands: runner.commands.map(({ argv }) => argv.join(' ')), cache };
}

test('the changelog of a package comes out of its .deb in the cache, unpacked in the tools tree without a network', async () => {
  const { text, commands, cache } = await told({ deb: 'the package' });
  expect(text).toContain(
    [
      'changelogs:',
      '  iputils 3:20240905-3 → 3:20240905-5 (iputils-ping)',
      '    names CVE-2026-1234',
      '    3:20240905-5, trixie-security, Sat, 21 Nov 2026 10:00:00 +0000',
      '      * Of a signal nobody answers. CVE-2026-1234, CVE-2026-1234',
      '        (Closes: #1)',
    ].join('\n'),
  );
  expect(commands).toHaveLength(1);
  expect(commands[0]).toContain(`--ro-bind ${cache}/stages/tools-0abc/root/usr /usr`);
  expect(commands[0]).toContain('--unshare-net');
  expect(commands[0]).toMatch(new RegExp(`${DEB}$`));
});

test.each<[string, Machine, string]>([
  ['no .deb in the cache', {}, '  not of iputils: its .deb is not in the download cache'],
  ['another .deb in the cache', { deb: 'damaged' }, '  not of iputils: its package has no changelog'],
  [
    'no tools tree',
    { deb: 'the package', tools: false },
    '  not of iputils: the tools tree that unpacks its .deb is not in the cache',
  ],
  ['a package without one', { deb: 'the package', printed: '' }, '  not of iputils: its package has no changelog'],
  [
    'one that was cut off',
    { deb: 'the package', printed: changelog.slice(0, changelog.indexOf('iputils (3:20240905-3)')) },
    '(it does not go back to 3:20240905-3)',
  ],
])('where there is none it is told why: %s', async (_what, machine, reason) => {
  expect((await told(machine)).text).toContain(reason);
});

test('programs get all entries', async () => {
  const { text } = await told({ deb: 'the package' }, { json: true });
  expect(JSON.parse(text)).toMatchObject({
    changelogs: [
      {
        source: 'iputils',
        packages: ['iputils-ping'],
        entries: [{ version: '3:20240905-5' }, { version: '3:20240905-4' }],
      },
    ],
  });
});

test('release notes are Markdown that no changelog breaks out of', async () => {
  const { text } = await told({ deb: 'the package' }, { notes: true });
  expect(text).toContain('# small on debian-13: what changed\n\nFrom `small.iso` (SHA-256 ');
  expect(text).toContain('name a vulnerability: CVE-2026-1234.');
  expect(text).toContain('## Packages\n\n- `~ iputils-ping: 3:20240905-3 → 3:20240905-5');
  expect(text).toMatch(/^`{5}text\n3:20240905-5, [\s\S]*\n {2}\* ```` in the text\n`{5}$/m);
});

test('release notes are of builds, and of no difference they say so', async () => {
  const { context, output } = recordingContext();
  const build = buildDirectory();
  await diff({ a: build, b: build, notes: true }, context);
  expect(output()).toContain('Nothing that the builds noted differs.');
  await expect(diff({ a: 'nano', b: 'nano', notes: true }, context)).rejects.toThrow('--notes is about two builds');
  await expect(diff({ a: build, b: build, notes: true, json: true }, context)).rejects.toThrow('for programs');
});
