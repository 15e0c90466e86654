import { expect, test } from 'vitest';
import { injectedCredentials, injectedUnits } from '../../../scripts/lab/guest/injected-units.ts';

const decoded = async () =>
  (await injectedCredentials()).map((credential) => {
    const [, name = '', content = ''] = /^io\.systemd\.credential\.binary:([^=]+)=(.*)$/.exec(credential) ?? [];
    return { name, content: Buffer.from(content, 'base64').toString() };
  });

test('two units are added and wanted by a target that every boot passes', async () => {
  const credentials = await decoded();
  expect(credentials.map(({ name }) => name)).toEqual([
    'systemd.extra-unit.phyllome-lab-agent.service',
    'systemd.extra-unit.phyllome-lab-journal.service',
    'systemd.unit-dropin.sysinit.target',
  ]);
  expect(credentials[2]?.content).toBe('[Unit]\nWants=phyllome-lab-agent.service phyllome-lab-journal.service\n');
  for (const { name } of credentials.slice(0, 2)) {
    expect(injectedUnits).toContain(name.replace('systemd.extra-unit.', ''));
  }
});

test('a unit carries its whole script on standard input, where systemd expands nothing', async () => {
  const [agent] = await decoded();
  expect(agent?.content.replace(/^StandardInputData=.*$/m, 'StandardInputData=…')).toMatchInlineSnapshot(`
    "[Unit]
    Description=Phyllome lab: agent
    DefaultDependencies=no
    ConditionPathExists=!/etc/initrd-release
    Conflicts=shutdown.target
    Before=shutdown.target

    [Service]
    ExecStart=bash -s /dev/virtio-ports/org.phyllome.lab.agent
    StandardInput=data
    StandardInputData=…
    Slice=phyllome-lab.slice
    OOMScoreAdjust=-900
    "
  `);
  const script = Buffer.from(/^StandardInputData=(.*)$/m.exec(agent?.content ?? '')?.[1] ?? '', 'base64').toString();
  expect(script).toContain('exec 3<>"$port"');
  expect(/^ExecStart=(.*)$/m.exec(agent?.content ?? '')?.[1]).not.toMatch(/[$%]/);
});

test('the strings fit into an SMBIOS structure table', async () => {
  // QEMU's 64-bit entry point has no practical limit; older readers stop at 65535 bytes for all structures.
  const size = (await injectedCredentials()).join('').length;
  expect(size).toBeLessThan(32_000);
});
