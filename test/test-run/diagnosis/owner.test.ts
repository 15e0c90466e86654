import { expect, test } from 'vitest';
import { parseJobs } from '../../../scripts/lab/boot/wait-for-boot.ts';
import { failedUnitsOf } from '../../../scripts/test-run/diagnosis/failed-units.ts';
import { inWords, ownersIn, type Sources, spanOf } from '../../../scripts/test-run/diagnosis/owner.ts';
import { unitIn } from '../../../scripts/test-run/diagnosis/unit-name.ts';

const kickstart = `bootloader --append="quiet intel_iommu=on"
# enable chrony.service in words
enable chrony.service
force_drivers+=" vfio_pci "
template-word`;

const sources: Sources = {
  manifest: {
    units: [
      { name: 'chrony.service', preset: 'enable', state: 'enabled', component: 'time', reason: 'guests need a clock' },
      { name: 'lonely.service', preset: 'enable', state: 'enabled', component: 'x', reason: 'r' },
    ],
    files: [
      { path: '/etc/a.conf', mode: '0644', sha256: '', component: 'ssh', source: 'overlays/ssh/rootfs/etc/a.conf' },
    ],
  },
  rendered: {
    kickstart,
    map: {
      lines: [
        [0, 11],
        [1, 1],
        [1, 12],
        [2, 2],
        [3, 1],
      ],
      sources: [
        'overlays/console/component.yaml',
        'overlays/time/component.yaml',
        'overlays/vfio/rootfs/etc/dracut.conf.d/90.conf',
        'kickstarts/templates/x.hbs',
      ],
    },
  },
};

test.each([
  ['Failed to start chrony.service - NTP', 'overlays/time/component.yaml', 12],
  ['lonely.service failed', 'overlays/x/component.yaml', 1],
  ['/etc/a.conf:3: bad line', 'overlays/ssh/rootfs/etc/a.conf', 3],
  ['cannot read /etc/a.conf.', 'overlays/ssh/rootfs/etc/a.conf', 1],
  ['intel_iommu=on is there 0 times', 'overlays/console/component.yaml', 11],
  ["Failed to find module 'vfio-pci'", 'overlays/vfio/rootfs/etc/dracut.conf.d/90.conf', 2],
])('%s', (text, file, line) => {
  expect(ownersIn(text, sources)).toMatchObject([{ file, line }]);
});

test('everybody who owns something of a line, once', () => {
  const files = ownersIn('not: lonely.service, chrony.service (/etc/a.conf:3), chrony.service', sources);
  expect(files.map(({ file }) => file)).toEqual([
    'overlays/x/component.yaml',
    'overlays/time/component.yaml',
    'overlays/ssh/rootfs/etc/a.conf',
  ]);
});

test('nobody owns plain words, templates, or what the sources do not name', () => {
  expect(ownersIn('enable in words: no owner', sources)).toEqual([]);
  expect(ownersIn('template-word', sources)).toEqual([]);
  expect(ownersIn('rogue.service', sources)).toEqual([]);
  expect(ownersIn('apparmor="DENIED" operation="enable"', sources)).toEqual([]);
  expect(ownersIn('chrony.service', { manifest: { units: [], files: [] } })).toEqual([]);
});

test('the line of a secret file is not shown, whichever way it was found', () => {
  const secret = sources.manifest.files.map((file) => ({ ...file, secret: true as const }));
  const withSecret = (source: string): Sources => ({
    ...sources,
    manifest: { ...sources.manifest, files: secret.map((file) => ({ ...file, source })) },
  });
  const spanOfFirst = (text: string, from: Sources) => ownersIn(text, from).map(spanOf)[0];
  expect(spanOfFirst('cannot read /etc/a.conf.', withSecret('overlays/ssh/rootfs/etc/a.conf'))?.withheld).toBe(true);
  const ofKickstart = 'overlays/vfio/rootfs/etc/dracut.conf.d/90.conf';
  expect(spanOfFirst("Failed to find module 'vfio-pci'", withSecret(ofKickstart))).toMatchObject({
    file: ofKickstart,
    withheld: true,
  });
  expect(spanOfFirst('cannot read /etc/a.conf.', sources)).not.toHaveProperty('withheld');
});

test('an owner in words says who, where and why', () => {
  const [owner] = ownersIn('chrony.service', sources);
  expect(owner && inWords(owner)).toBe(
    'owner of chrony.service: component time (overlays/time/component.yaml:12): guests need a clock',
  );
});

test.each([
  ['systemd[1]: Failed to start a-b@c.service - Some Words.', 'a-b@c.service'],
  ['oom-kill:constraint=X,task_memcg=/system.slice/hog.service,task=perl', 'hog.service'],
  ['sys-kernel-debug.mount: Mount process exited', 'sys-kernel-debug.mount'],
  ['Kernel panic - not syncing: VFS', undefined],
])('the unit in %s', (line, unit) => {
  expect(unitIn(line)).toBe(unit);
});

test('failed units with their files and package', () => {
  const text = `Id=a.service
Result=exit-code
FragmentPath=/usr/lib/systemd/system/a.service
DropInPaths=/etc/systemd/system/a.service.d/x.conf

Id=b.mount
Result=timeout
FragmentPath=
DropInPaths=

package /usr/lib/systemd/system/a.service apkg
package  
masked a.service dbus.service
masked a.service dbus.service`;
  expect(failedUnitsOf(text)).toEqual([
    {
      name: 'a.service',
      result: 'exit-code',
      files: ['/usr/lib/systemd/system/a.service', '/etc/systemd/system/a.service.d/x.conf'],
      package: 'apkg',
      masked: ['dbus.service'],
    },
    { name: 'b.mount', result: 'timeout', files: [], package: '', masked: [] },
  ]);
  expect(failedUnitsOf('')).toEqual([]);
});

test('open jobs', () => {
  expect(parseJobs(' 12 hang.service start running\n 1 multi-user.target start waiting\n')).toEqual([
    { unit: 'hang.service', type: 'start', state: 'running' },
    { unit: 'multi-user.target', type: 'start', state: 'waiting' },
  ]);
});
