import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machinesThatBoot } from '../lab/booted.ts';
import { badUpdates } from './bad-updates.ts';
import { hostWithVersions, type VersionedHost } from './host.ts';
import { offering } from './repository.ts';

/** `npm run test:versions` runs all; `ci/test` has time to make an update, and not for the starts that try it. */
const all = process.env.PHYLLOME_VERSIONS === 'all';

const booted = machinesThatBoot();
let host: VersionedHost;
beforeAll(async () => {
  host = await hostWithVersions(booted, 'nano-versions');
  await host.ask(offering({ version: 1, files: { '/etc/probe.conf': 'of 1\n' } }));
  await host.ask('dpkg --install /home/repository/*.deb');
});
afterAll(() => host?.end());

const versionOfProbe = () => host.ask("dpkg-query -Wf '${Version}' phyllome-probe");

describe('a good update', () => {
  test('is made beside what runs', async () => {
    await host.ask(offering({ version: 2, files: { '/usr/share/probe': 'two\n' } }));
    const check = await host.run.guest.run('phyllome-update check', { allowFailure: true, timeoutSeconds: 120 });
    expect([check.status, check.stdout]).toEqual([1, '  updated  phyllome-probe 1 → 2\n']);
    await host.ask('phyllome-update apply >&2');
    expect(await host.ask('phyllome-update status')).toBe('version 1 (runs): kept\nversion 2: tried at the next start');
    expect(await versionOfProbe()).toBe('1');
    expect(await host.ask('ls /usr/share/probe 2>&1; ls /boot/efi/loader/entries | grep -c system-2; true')).toMatch(
      /No such file[^\n]*\n0$/,
    );
  });

  test.skipIf(!all)('is tried and kept, with what was changed since', async () => {
    await host.ask(`set -e
echo 'written since' > /etc/since; mkdir -m 700 /var/lib/since; echo 1 > /var/lib/since/state; rm /etc/probe.conf
echo guest > /var/lib/libvirt/images-since; echo 'since:x:4242:' >> /etc/group`);
    await host.restartInto(2);
    expect(await versionOfProbe()).toBe('2');
    expect(await host.ask('phyllome-update status')).toBe('version 1: kept\nversion 2 (runs): kept');
    expect(
      await host.ask(
        'cat /etc/since /var/lib/since/state /var/lib/libvirt/images-since; grep ^since: /etc/group; stat -c %a /var/lib/since',
      ),
    ).toBe('written since\n1\nguest\nsince:x:4242:\n700');
    expect(await host.ask('test -e /etc/probe.conf || echo gone')).toBe('gone');
    expect(await host.ask('grep -h ^options /boot/efi/loader/entries/system-2-*.conf')).not.toContain('phyllome.trial');
    expect(await host.ask('ls /boot/efi/loader/entries | grep system-2')).not.toMatch(/\+\d+(?:-\d+)?\.conf/);
  });

  test.skipIf(!all)('is gone back from, with what was changed since', async () => {
    await host.ask('echo 2 > /var/lib/since/state; echo later > /etc/later; phyllome-update rollback');
    await host.restartInto(1);
    expect(await versionOfProbe()).toBe('1');
    expect(await host.ask('cat /etc/since /var/lib/since/state /etc/later')).toBe('written since\n2\nlater');
    expect(await host.ask('phyllome-update status')).toBe('version 1 (runs): kept\nversion 2: left by going back');
  });
});

describe.skipIf(!all)('a bad update is given up, and the version before runs again by itself', () => {
  test.each(badUpdates.map((one, index) => ({ ...one, number: 10 + index })))(
    '$name',
    async ({ number, reason, ...bad }) => {
      await host.ask(offering({ ...bad, version: number }));
      const before = await host.ask('findmnt -nvo FSROOT /');
      await host.ask('phyllome-update apply >&2');
      await host.restartInto(1);
      expect(await host.ask('findmnt -nvo FSROOT /')).toBe(before);
      expect(await versionOfProbe()).toBe('1');
      const status = await host.ask('phyllome-update status');
      expect(status).toMatch(/\nversion \d+: given up: .*$/);
      expect(status).toMatch(reason);
      // People hear of it where they log in; the same packages are not tried again.
      expect(await host.ask('phyllome-doctor --banner; true')).toMatch(/the update to version \d+ was given up/);
      const again = await host.run.guest.run('phyllome-update apply', { allowFailure: true, timeoutSeconds: 120 });
      expect([again.status, again.stderr]).toEqual([
        1,
        expect.stringMatching(/had just these packages and was given up/),
      ]);
    },
  );
});
