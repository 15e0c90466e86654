import type { OwnPackage } from './repository.ts';

/** An update that is no good, as a package that makes the new version what its name says. */
export interface BadUpdate extends Omit<OwnPackage, 'version'> {
  readonly name: string;
  /** What the host says of it, once the version before runs again. */
  readonly reason: RegExp;
}

const unit = (name: string, section: string) => ({
  [`/etc/systemd/system/${name}.service`]: `[Unit]\nDescription=${name}\n[Service]\nType=oneshot\n${section}\n[Install]\nWantedBy=multi-user.target\n`,
});
const enabled = (name: string) =>
  `ln -sf /etc/systemd/system/${name}.service /etc/systemd/system/multi-user.target.wants/${name}.service`;

/** Each is tried twice, and the version before runs again by itself. */
export const badUpdates: readonly BadUpdate[] = [
  {
    name: 'a service fails',
    files: unit('bad', 'ExecStart=/bin/sh -c "echo the reason of bad >&2; exit 3"'),
    postinst: enabled('bad'),
    reason: /failed: bad\.service; bad\.service said: .*the reason of bad/,
  },
  {
    name: 'a service never starts to an end',
    files: unit('hangs', 'ExecStart=/bin/sleep infinity'),
    postinst: enabled('hangs'),
    reason: /did not come up in two tries/,
  },
  {
    name: 'its init is no program: the kernel panics',
    postinst: 'rm -f /usr/sbin/init /usr/lib/systemd/systemd; printf x > /usr/lib/systemd/systemd',
    reason: /did not come up in two tries/,
  },
  {
    name: 'its root is not found',
    postinst: "sed -i 's/root=PARTUUID=[^ ]*/root=PARTUUID=11111111-2222-4333-8444-555555555555/' /etc/kernel/cmdline",
    reason: /did not come up in two tries/,
  },
  {
    name: 'a file system of the table is not there: emergency mode',
    postinst:
      'echo "PARTUUID=11111111-2222-4333-8444-555555555555 /srv ext4 x-systemd.device-timeout=10 0 0" >> /etc/fstab',
    reason: /did not come up in two tries/,
  },
  {
    name: 'the message bus is gone',
    postinst: 'rm -f /usr/bin/dbus-broker-launch',
    reason: /dbus-broker|did not come up in two tries/,
  },
  {
    name: 'a service fails after twenty seconds',
    files: unit('late', 'ExecStart=/bin/sh -c "sleep 20; exit 1"'),
    postinst: enabled('late'),
    reason: /failed: late\.service/,
  },
];
