import { describe, expect, test } from 'vitest';
import {
  type AnacondaVersion,
  anacondaVersion,
  linesOfScripts,
} from '../../../scripts/engines/anaconda/failure/script-line.ts';
import { renderShipped, shipped } from '../../render/shipped.ts';
import { extractOf, type Release } from './extract.ts';

const releases: readonly (readonly [Release, AnacondaVersion])[] = [
  ['before 42.13', [42, 12]],
  ['42.13', [42, 13]],
  ['43.48', [43, 48]],
  ['44.35', [44, 35]],
  ['45.21', [45, 21]],
];

const ofFedora = shipped.filter(([, base]) => base.startsWith('fedora-'));

describe.each(releases)('Anaconda %s', (release, version) => {
  test('each script of each Fedora kickstart is found again', () => {
    let scripts = 0;
    for (const [flavour, base] of ofFedora) {
      // As netinst gives it: with a display mode.
      const kickstart = `text\n${renderShipped(flavour, base).kickstart}`;
      const wanted = [...extractOf(kickstart, release).scripts].map(([own, told]) => [told, own]);
      expect([...linesOfScripts(kickstart, version)]).toEqual(wanted);
      scripts += wanted.length;
    }
    expect(scripts).toBeGreaterThanOrEqual(840);
  });
});

test('what counts and what does not', () => {
  const kickstart = [
    '# remark',
    'lang en_US.UTF-8',
    'text',
    'reboot --eject',
    '%packages',
    'bash',
    '%end',
    '%pre',
    'true',
    '%end',
    '%pre-install',
    'true',
    '%end',
    '',
    '%addon org_fedora_oscap',
    '%end',
    '# remark',
    '%post --erroronfail',
    '# in a script',
    '',
    'false',
    '%end',
    'logging --host=a',
    '%onerror',
    '%end',
  ].join('\n');
  // text, reboot, %pre-install with a line, %post with three, logging, %onerror.
  expect([...linesOfScripts(kickstart, [44, 35])]).toEqual([
    [3, 11],
    [6, 18],
    [12, 24],
  ]);
  // Until then `reboot` was of another module, and before that scripts were of none.
  expect([...linesOfScripts(kickstart, [43, 41]).keys()]).toEqual([2, 5, 11]);
  expect([...linesOfScripts(kickstart, [42, 12]).keys()]).toEqual([11, 18, 24]);
});

test.each([
  ['anaconda 44.35-1.fc44 for Fedora 44 (pre-release) started.', [44, 35]],
  ['12:00:01,001 INF main: /usr/bin/anaconda 45.21-1.fc45', [45, 21]],
  ['Installing anaconda-core.x86_64 (1/9)', [44, 0]],
])('%s', (line, version) => {
  expect(anacondaVersion([{ name: 'output', lines: ['', line] }])).toEqual(version);
});
