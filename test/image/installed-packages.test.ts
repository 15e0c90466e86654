import { expect, test } from 'vitest';
import { installedPackages } from '../../scripts/image/index.ts';

const prefix = 'DEBUG:anaconda.modules.payloads.payload.dnf.transaction_progress:';
const total = (count: number) => `${prefix}Starting the installation. Total packages: ${count}`;
const installing = (nevra: string) => `${prefix}Installing - ${nevra}`;

test('packages, epochs and architectures are read out of the installer’s log, each once', () => {
  const dbus = [
    total(3),
    installing('shadow-utils-2:4.18.0-3.fc44.x86_64'),
    installing('bash-5.3.9-3.fc44.x86_64'),
    installing('python3-libs-3.14.2-1.fc44.x86_64'),
    `${prefix}Configuring - bash-5.3.9-3.fc44.x86_64, bash-0:5.3.9-3.fc44.x86_64, POSTIN`,
  ];
  const console = [`12:00:01 DBG modules: ${installing('bash-5.3.9-3.fc44.x86_64')}\r`, 'Installing bash.x86_64 (2/3)'];
  expect(installedPackages([dbus.join('\n'), console.join('\n')])).toEqual([
    { name: 'bash', version: '5.3.9-3.fc44', architecture: 'x86_64' },
    { name: 'python3-libs', version: '3.14.2-1.fc44', architecture: 'x86_64' },
    { name: 'shadow-utils', version: '2:4.18.0-3.fc44', architecture: 'x86_64' },
  ]);
});

test.each([
  ['nothing is told', ''],
  ['one is missing', [total(2), installing('bash-5.3.9-3.fc44.x86_64')].join('\n')],
  ['their number is not told', installing('bash-5.3.9-3.fc44.x86_64')],
])('where %s, the packages are unknown', (_, log) => {
  expect(installedPackages([log])).toBeUndefined();
});
