import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { run as cves } from '../../scripts/commands/cves.ts';
import { baseNamed } from '../../scripts/flavour/index.ts';
import { directoriesOf } from '../../scripts/prepare/index.ts';
import { securityData } from '../../scripts/vulnerabilities/copies.ts';
import { openInUpdates, securityUpdatesIn } from '../../scripts/vulnerabilities/updateinfo.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { buildDirectory } from '../dossier/build-sample.ts';

const rpm = (name: string, version: string, arch = 'x86_64', epoch = '0') => {
  const [number = '', release = ''] = version.split('-');
  return `<package name="${name}" version="${number}" release="${release}" epoch="${epoch}" arch="${arch}" src="https://x/${name.replace(/-libs$/, '')}-${version}.src.rpm"><filename>${name}.rpm</filename></package>`;
};

const update = (id: string, type: string, severity: string, references: string, packages: string) =>
  `<update from="updates@fedoraproject.org" status="stable" type="${type}" version="2.0">
  <id>${id}</id>
  <title>openssl &amp; others</title>
  <issued date="2026-11-26 20:40:36"/>
  <severity>${severity}</severity>
  <references>${references}</references>
  <pkglist><collection short="F44"><name>Fedora 44</name>${packages}</collection></pkglist>
</update>`;

/** Bodhi's own form: references are bugs, whose titles name what they are about. */
const xml = `<?xml version="1.0" encoding="UTF-8"?>
<updates>
${update('FEDORA-2026-b', 'security', 'Moderate', `<reference href="https://bugzilla.redhat.com/1" id="1" type="bugzilla" title="CVE-2026-1001 openssl: sixes &lt; nines"/>`, rpm('openssl-libs', '3.5.2-1.fc44', 'x86_64', '1') + rpm('openssl', '3.5.2-1.fc44', 'x86_64', '1') + rpm('openssl', '3.5.2-1.fc44', 'src', '1'))}
${update('FEDORA-2026-a', 'security', 'Important', `<reference href="x" id="CVE-2026-1001" type="cve" title="x"/><reference href='y' id='CVE-2026-1002' type='cve' title='y'/>`, rpm('openssl-libs', '3.5.1-9.fc44', 'x86_64', '1'))}
${update('FEDORA-2026-c', 'bugfix', 'None', '<reference id="CVE-2026-1003" type="cve" title="x"/>', rpm('bash', '9-1.fc44'))}
${update('FEDORA-2026-d', 'security', 'Low', '', rpm('bash', '5.3-2.fc44') + rpm('glibc', '2.42-1.fc44'))}
</updates>`;

const installed = [
  { name: 'openssl-libs', version: '1:3.5.1-3.fc44', architecture: 'x86_64' },
  { name: 'openssl', version: '1:3.5.1-3.fc44', architecture: 'x86_64' },
  { name: 'bash', version: '5.3-1.fc44', architecture: 'x86_64' },
  { name: 'glibc', version: '2.42-1.fc44', architecture: 'x86_64' },
  { name: 'glibc', version: '2.41-1.fc44', architecture: 'i686' },
];

test('what is installed in an older version is open; the first update that mends it is the fix', () => {
  const found = openInUpdates(securityUpdatesIn(xml) ?? [], installed);
  expect(
    found.map(({ id, source, fixed, urgency, packages, note }) => [id, source, fixed, urgency, packages.join(), note]),
  ).toEqual([
    ['CVE-2026-1001', 'openssl', '1:3.5.1-9.fc44', 'important', 'openssl,openssl-libs', 'FEDORA-2026-a'],
    ['CVE-2026-1002', 'openssl', '1:3.5.1-9.fc44', 'important', 'openssl-libs', 'FEDORA-2026-a'],
    ['FEDORA-2026-d', 'bash', '5.3-2.fc44', 'low', 'bash', 'FEDORA-2026-d'],
  ]);
  expect(found[0]?.description).toBe('openssl & others');
});

test('what is no list of updates is none; one without any is', () => {
  expect(securityUpdatesIn('<metadata></metadata>')).toBeUndefined();
  expect(securityUpdatesIn('<updates/>')).toEqual([]);
});

test('an image of Fedora is judged by such a list, which says what it cannot tell', async () => {
  const file = path.join(scratchDirectory(), 'updateinfo.xml');
  writeFileSync(file, xml);
  const image = buildDirectory({ withoutDossier: true, manifest: { base: 'fedora-44', packages: installed } });
  const manifest = { schema: 1, flavour: 'small', base: 'fedora-44', outputs: [], packages: installed };
  writeFileSync(path.join(image, 'manifest.json'), JSON.stringify(manifest));
  const { context, output } = recordingContext();
  const before = process.exitCode;
  await cves({ image, data: file }, context);
  process.exitCode = before;
  expect(output()).toContain("small on fedora-44: 5 packages by the updates' own list (updateinfo.xml)");
  expect(output()).toContain('openssl 1:3.5.1-3.fc44 → 1:3.5.1-9.fc44');
  expect(output()).toContain('vulnerabilities that no update mends yet');
});

/** A repository as a mirror has it. */
function repository(kind: string, text: string): string {
  const root = scratchDirectory();
  mkdirSync(path.join(root, 'repodata'));
  const { stdout } = spawnSync('zstd', ['-qc'], { input: text });
  writeFileSync(path.join(root, `repodata/${kind}.xml.zst`), stdout);
  const sum = createHash('sha256').update(stdout).digest('hex');
  const data = `<data type="${kind}"><checksum type="sha256">${sum}</checksum><location href="repodata/${kind}.xml.zst"/></data>`;
  writeFileSync(path.join(root, 'repodata/repomd.xml'), `<repomd>${data}</repomd>`);
  return pathToFileURL(root).href;
}

test('the list is fetched from the base’s repositories, and must be what their repomd.xml says', async () => {
  const { context } = recordingContext();
  const { base } = baseNamed('fedora-44', directoriesOf(context.places));
  if (base === undefined) throw new Error('there is no fedora-44');
  const { at } = base;
  const of = (...addresses: readonly string[]) => ({
    ...base,
    repositories: addresses.map((baseurl, index) => ({ id: `repository-${index}`, at, baseurl })),
  });
  const both = of(repository('primary', '<metadata/>'), repository('updateinfo', xml));
  expect((await securityData(both, {}, context)).updates).toHaveLength(3);
  // Without the network by now.
  expect((await securityData(of('file:///nowhere'), {}, context)).updates).toHaveLength(3);
  await expect(securityData(of('file:///nowhere'), { refresh: true }, context)).rejects.toThrow('cannot be reached');
  const without = securityData(of(repository('primary', '<metadata/>')), { refresh: true }, context);
  await expect(without).rejects.toThrow('says anything of its updates');
  const page = securityData(of(repository('updateinfo', '<html/>')), { refresh: true }, context);
  await expect(page).rejects.toThrow('is no updateinfo.xml');
  expect((await securityData(both, { offline: true }, context)).updates).toHaveLength(3);
});
