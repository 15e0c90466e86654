import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFacts } from '../../scripts/dossier/index.ts';
import { stageOutputs, usual } from './facts-sample.ts';

const stanza = (fields: string) => `Status: install ok installed\nArchitecture: amd64\n${fields}\n\n`;

test('packages and tools know each source whose code is in them', () => {
  const packages = usual.packages
    .replace(
      'yes\n',
      'yes\tunicode-data (= 15.1.0-1), gcc-14 (=14.2.0-19)\trust-x:amd64 (= 1.0), gcc-14 (= 14.2.0-19)\n',
    )
    .replace('no\n', 'no\t\t\n');
  const places = stageOutputs({ packages });
  writeFileSync(
    places.toolsStatus,
    [
      stanza('Package: grub-efi-amd64-signed\nVersion: 1+2.12+9\nBuilt-Using: grub2 (= 2.12-9)'),
      stanza('Package: grub-pc-bin\nVersion: 2.12-9\nSource: grub2'),
      stanza(
        'Package: shim-signed\nVersion: 1.47+15.8-1\nSource: shim-signed (1.47)\nStatic-Built-Using: shim (= 15.8-1)',
      ),
    ].join(''),
  );
  const { contents } = readFacts(places, { inputHash: '', phyllome: '' });
  expect(contents.packages.slice(0, 3).map(({ builtUsing }) => builtUsing)).toEqual([
    [
      { source: 'unicode-data', version: '15.1.0-1' },
      { source: 'gcc-14', version: '14.2.0-19' },
      { source: 'rust-x', version: '1.0' },
    ],
    [],
    undefined,
  ]);
  expect(contents.tools.map(({ sources }) => sources)).toEqual([
    [
      { source: 'grub-efi-amd64-signed', version: '1+2.12+9' },
      { source: 'grub2', version: '2.12-9' },
    ],
    [{ source: 'grub2', version: '2.12-9' }],
    [
      { source: 'shim-signed', version: '1.47' },
      { source: 'shim', version: '15.8-1' },
    ],
  ]);
});
