import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { FactPlaces } from '../../scripts/dossier/read-facts.ts';
import { debDatabase } from '../../scripts/engines/direct/family/deb-database.ts';
import { packageFilesStage } from '../../scripts/engines/direct/inventory.ts';
import { newestOf } from '../../scripts/engines/direct/made-at.ts';

/** Lines of dpkg-query as Debian 13 answers them, in the fields that the direct engine asks for. */
const dpkg = [
  'bash\t5.2.37-2+b5\tamd64\tbash\t5.2.37-2\t7164\tMatthias Klose <doko@debian.org>\thttp://tiswww.case.edu/php/chet/bash/bashtop.html\tlibc6 (>= 2.38), libtinfo6 (>= 6)\tbase-files (>= 2.1.12), debianutils (>= 5.6-0.1)\tbash-completion (>= 20060301-0)\t\tyes',
  'libc6\t2.41-12\tamd64\tglibc\t2.41-12\t12946\tGNU Libc Maintainers <debian-glibc@lists.debian.org>\thttps://www.gnu.org/software/libc/libc.html\t\tlibgcc-s1\t\tlibc6-2.41\tno',
  'iputils-ping\t3:20240905-3\tamd64\tiputils\t3:20240905-3\t121\tNoah Meyerhans <noahm@debian.org>\thttps://github.com/iputils/iputils/\t\tlibc6 (>= 2.38), libcap2 (>= 1:2.10) | libcap-ng\tlibcap2-bin\tping\tno',
  'exim4-base\t4.98-1\tall\texim4\t4.98-1\t10\tExim4 Maintainers <pkg-exim4-maintainers@lists.alioth.debian.org>\t\t\t\t\tmail-transport-agent (= 1), exim\tno',
  'seabios\t1.16.3-2\tall\tseabios\t1.16.3-2\t640\tDebian QEMU Team <pkg-qemu-devel@lists.alioth.debian.org>\t\t\t\t\t\tno',
];

const tree = {
  'usr/bin/bash': 'shell\n',
  'usr/bin/ping': 'ping\n',
  'etc/a b': 'spaces\n',
  'etc/motd': 'of the package\n',
  'usr/share/doc/bash/copyright':
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: bash\n\nFiles: *\nCopyright: 1987 FSF\nLicense: GPL-3+\n terms\n\nFiles: doc/*\nLicense: GFDL-NIV-1.3 and GPL-3+\n\nLicense: Latex2e\n text that is of no files\n',
  'usr/share/doc/libc6/copyright': `This is the Debian prepackaged version of the GNU C Library.\n${'\nlines\n'.repeat(5)}`,
  'usr/share/doc/libc6/changelog.Debian.gz': 'x',
  'var/lib/dpkg/info/bash.list': '/.\n/bin/bash\n/usr/share/doc/bash/copyright\n/etc\n',
  'usr/share/seabios/bios.bin': 'firmware',
  'var/lib/dpkg/info/seabios.list': '/usr/share/seabios/bios.bin\n',
  'var/lib/dpkg/info/iputils-ping.list': '/.\n/usr/bin/ping\n/etc\n',
  'var/lib/dpkg/info/libc6:amd64.list': '/usr/share/doc/libc6/copyright\n/etc/motd\n',
};

const NUL = '\0';
const record = (...fields: readonly string[]) => fields.map((field) => field + NUL).join('');

/** What `stageOutputs` says of a part, for tests that change a word of it. */
export const usual = {
  changes: `/etc/motd\tf 644 0:0 \n/etc/motd\t${'b'.repeat(64)}\n/var/lib/x\tf 640 104:0 \n`,
  packages: dpkg.map((line) => `${line}\n`).join(''),
  tree: [
    record('/etc', 'd', '755', '0:0', '4096', ''),
    record('/etc/a b', 'f', '644', '0:42', '7', ''),
    record('/etc/shadow', 'f', '640', '0:42', '9', ''),
    record('/etc/motd', 'f', '644', '0:0', '9', ''),
    record('/usr/bin/bash', 'f', '755', '0:0', '6', ''),
    record('/usr/bin/ping', 'f', '4755', '0:0', '5', ''),
    record('/usr/bin/sh', 'l', '777', '0:0', '4', 'bash'),
    record('/usr/share/seabios/bios.bin', 'f', '644', '0:0', '8', ''),
    record('/var/lib/x', 'f', '640', '104:0', '0', ''),
    record('/var/mail', 'd', '2775', '0:8', '4096', ''),
  ].join(''),
  passwd: 'root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000:Ada,,:/home/ada:/bin/bash\n',
  group: 'root:x:0:\nshadow:x:42:\nmail:x:8:\nlibvirt:x:110:zoe,ada\n',
  'undated-shadow': `${'d'.repeat(64)}\n`,
  passwords: 'root\tlocked\nada\tpassword\n',
  units: 'ssh.service   enabled  enabled\nssh@.service  static  -\n',
  'user-units': 'indexer.service masked disabled\n',
  sysctls:
    '# /usr/lib/sysctl.d/50-a.conf\n# Comment = no value\n; neither = this\nkernel.sysrq = 438\n-net.ipv4.conf.*.rp_filter=2\n\n# /etc/sysctl.d/60-b.conf\nkernel/sysrq = 1\nnet/ipv4/conf/eth0.1/forwarding=0\n!noise\n',
  exposures: 'ssh.service 9.4\nchrony.service 3.5\n',
  capabilities: './usr/bin/ping cap_net_raw=ep\n',
};

/** What the stages leave, by their own scripts where these run anywhere, of a small tree. */
export function stageOutputs(changed: Readonly<Record<string, string>> = {}): FactPlaces {
  const directory = mkdtempSync(path.join(tmpdir(), 'dossier-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const root = path.join(directory, 'root');
  const write = (file: string, content: string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const [name, content] of Object.entries(tree)) write(path.join(root, name), content);
  const packageFiles = path.join(directory, 'package-files');
  mkdirSync(packageFiles);
  const argv: readonly string[] = packageFilesStage('root', debDatabase).steps[0]?.argv ?? [];
  const script = argv[argv.indexOf('-euc') + 1] ?? '';
  const madeAt = path.join(directory, 'made-at');
  const dated = spawnSync('sh', ['-euc', newestOf, path.join(root, 'usr/share/doc'), madeAt], { encoding: 'utf8' });
  if (dated.status !== 0) throw new Error(`the packages have no date: ${dated.stderr}`);
  const ran = spawnSync('sh', ['-euc', script, root, packageFiles, madeAt], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`the stage's script failed: ${ran.stderr}`);
  const facts = { ...usual, ...changed };
  const configure = path.join(directory, 'configure');
  for (const [name, content] of Object.entries(facts)) write(path.join(configure, 'facts', name), content);
  write(path.join(configure, 'changes'), facts.changes);
  const lock = path.join(directory, 'lock');
  write(
    lock,
    [
      `bash_5.2.37-2+b5_amd64.deb 1499260 SHA256:${'1'.repeat(64)}`,
      `iputils-ping_3%3a20240905-3_amd64.deb 50060 SHA256:${'3'.repeat(64)}`,
      '',
    ].join('\n'),
  );
  const toolsStatus = path.join(directory, 'status');
  write(
    toolsStatus,
    'Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.3\n\nPackage: gone\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\n\nPackage: grub-common\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.12-9\n\n',
  );
  return { configure, packageFiles, lock, toolsStatus };
}
