import { oneShot } from './guest-faults.ts';
import type { RunningFault } from './running-faults.ts';

const code = 'check-no-open-login';

/** A unit that does it once, before the checks ask. */
const done = (id: string, script: string): Pick<RunningFault, 'units' | 'started'> => ({
  units: { [`${id}.service`]: oneShot(`set -e\n${script}`) },
  started: [`${id}.service`],
});

/** Ways into a disk without a password that no source of the image tells of: all are on one disk, each has to be told. */
export const diskFaults: readonly RunningFault[] = [
  {
    id: 'console-logs-in',
    fault: 'a console of a disk that logs root in',
    ...done(
      'console-logs-in',
      `mkdir -p /etc/systemd/system/getty@tty2.service.d
printf '[Service]\\nExecStart=\\nExecStart=-/sbin/agetty --autologin root %%I\\n' >/etc/systemd/system/getty@tty2.service.d/open.conf`,
    ),
    code,
    cause: /\/etc\/systemd\/system\/getty@tty2\.service\.d\/open\.conf lets somebody in/,
  },
  {
    id: 'greeter-logs-in',
    fault: 'a greeter of a disk that logs an account in',
    ...done(
      'greeter-logs-in',
      `mkdir -p /etc/greetd
printf '[initial_session]\\ncommand = "sway"\\nuser = "ada"\\n' >/etc/greetd/config.toml`,
    ),
    code,
    cause: /\/etc\/greetd\/config\.toml lets somebody in/,
  },
  {
    id: 'empty-password',
    fault: 'an account of a disk that needs no password',
    ...done(
      'empty-password',
      `echo 'ada:x:1500:1500::/:/bin/sh' >>/etc/passwd
echo 'ada::1::::::' >>/etc/shadow`,
    ),
    code,
    cause: /ada needs no password/,
  },
  {
    id: 'debug-shell',
    fault: 'a shell of root’s on a console of a disk',
    ...done(
      'debug-shell',
      `mkdir -p /etc/systemd/system/sysinit.target.wants
ln -s /usr/lib/systemd/system/debug-shell.service /etc/systemd/system/sysinit.target.wants/`,
    ),
    code,
    cause: /debug-shell\.service is a shell of root's/,
  },
];
