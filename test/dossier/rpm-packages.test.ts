import { expect, test } from 'vitest';
import { packagesOf } from '../../scripts/dossier/packages-of-tree.ts';
import { billOf, loadersIn } from '../../scripts/dossier/sbom/bill.ts';

/** As `rpm/database.ts` writes them. */
const listed = [
  [
    'bash',
    '5.3.0-2',
    'x86_64',
    'bash',
    '5.3.0-2',
    '8000',
    'Fedora Project',
    'https://gnu.example',
    '',
    'libc.so.6{}{64bit}, filesystem',
    '',
    'bash, /bin/sh',
    '',
    '',
    '',
  ],
  [
    'shadow-utils',
    '2:4.19.0-7',
    'x86_64',
    'shadow-utils',
    '2:4.19.0-7',
    '5000',
    '',
    '',
    '',
    '/bin/sh',
    '',
    'shadow-utils',
    '',
    '',
    '',
  ],
]
  .map((fields) => `${fields.join('\t')}\n`)
  .join('');
const lock = [
  `bash_5.3.0-2_x86_64.rpm 1800000 SHA256:${'1'.repeat(64)}`,
  `shadow-utils_2%3a4.19.0-7_x86_64.rpm 1300000 SHA256:${'2'.repeat(64)}`,
  '',
].join('\n');
const packages = packagesOf(listed, 'bash\tGPL-3.0-or-later\n', lock);

test('packages of rpm’s database are told as those of dpkg’s, with the sums of the list of exact packages', () => {
  expect(packages).toMatchObject([
    {
      kind: 'rpm',
      name: 'bash',
      sha256: '1'.repeat(64),
      licences: ['GPL-3.0-or-later'],
      depends: [['libc.so.6{}{64bit}'], ['filesystem']],
      provides: ['bash', '/bin/sh'],
    },
    { kind: 'rpm', name: 'shadow-utils', version: '2:4.19.0-7', sha256: '2'.repeat(64), depends: [['/bin/sh']] },
  ]);
  expect(packagesOf(listed, '', '').map(({ kind }) => kind)).toEqual([undefined, undefined]);
});

const tool = (name: string) => ({ name, version: '1', architecture: 'amd64' });
const outputs = [{ output: 'live-iso', inputHash: '', files: [] }] as const;

test('a bill calls them RPM packages of their distribution, with the epoch apart', () => {
  const manifest = { base: 'fedora-44', flavour: 'x', outputs, files: [], packages: [] };
  const contents = { packages, tools: [], newestPackage: 1_700_000_000, phyllome: '1', node: 'v24.0.0' };
  const bill = billOf(manifest as never, { contents, files: [] } as never, undefined);
  expect(bill.packages.map(({ purl }) => purl)).toEqual([
    'pkg:rpm/fedora/bash@5.3.0-2?arch=x86_64&distro=fedora-44',
    'pkg:rpm/fedora/shadow-utils@4.19.0-7?arch=x86_64&distro=fedora-44&epoch=2',
  ]);
});

test('of the loaders of the tools tree only the one for BIOS is in an image of RPM packages', () => {
  const tools = ['grub-pc-bin', 'shim-signed', 'grub-efi-amd64-signed'].map(tool);
  expect(loadersIn({ outputs }, { tools, packages }).map(({ name }) => name)).toEqual(['grub-pc-bin']);
  expect(loadersIn({ outputs }, { tools, packages: [] })).toHaveLength(3);
});
