import { expect, test } from 'vitest';
import { guardingCredentials } from '../../../scripts/lab/guest/emulated-guests.ts';
import { injectedUnits } from '../../../scripts/lab/guest/injected-units.ts';

const decoded = (processors: number) =>
  Object.fromEntries(
    guardingCredentials(processors).map((credential) => {
      const [, name = '', content = ''] = /^io\.systemd\.credential\.binary:([^=]+)=(.*)$/.exec(credential) ?? [];
      return [name, Buffer.from(content, 'base64').toString()];
    }),
  );

test('guests of a machine without KVM keep off its first processor, wherever they are started', () => {
  const credentials = decoded(4);
  for (const slice of ['machine.slice', 'user.slice', 'phyllome-lab.slice']) {
    expect(credentials[`systemd.unit-dropin.${slice}`]).toBe('[Slice]\nAllowedCPUs=1-3\n');
  }
  // There is no other processor to keep them on.
  expect(Object.keys(decoded(1)).filter((name) => name.endsWith('.slice'))).toEqual([]);
});

test('and their timers tick five times a second at most, as soon as KVM is there', () => {
  const { 'systemd.extra-unit.phyllome-lab-guard.service': unit = '', 'systemd.unit-dropin.basic.target': wants } =
    decoded(2);
  expect(wants).toBe('[Unit]\nWants=phyllome-lab-guard.service\n');
  const script = Buffer.from(/^StandardInputData=(.*)$/m.exec(unit)?.[1] ?? '', 'base64').toString();
  expect(script).toContain('echo 200000 > /sys/module/kvm/parameters/min_timer_period_us');
  expect(injectedUnits).toContain('phyllome-lab-guard.service');
});
