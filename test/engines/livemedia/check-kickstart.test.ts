import { expect, test } from 'vitest';
import { checkKickstart } from '../../../scripts/engines/livemedia/check-kickstart.ts';
import { OUTPUTS, type Output } from '../../../scripts/engines/livemedia/output.ts';
import { parseCreatorArguments } from './creator-model.ts';
import { creatorWords, kickstartModel, planFor, smallKickstart } from './fixtures.ts';
import { checksOfKickstart } from './kickstart-checks-model.ts';

function errors(text: string, output: Output = 'iso') {
  const findings = checkKickstart(text, kickstartModel(text), { file: 'test.ks', version: 'F44', output });
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, span }) => `${span?.start.line ?? '-'} ${code}`);
}

test('what we render passes for every output that is no disk', () => {
  for (const output of OUTPUTS.filter((one) => one !== 'raw' && one !== 'qcow2'))
    expect(errors(smallKickstart, output)).toEqual([]);
});

test.each<[string, (text: string) => string, Output, string]>([
  ['no dracut-live', (text) => text.replace('\ndracut-live\n', '\n'), 'iso', 'livemedia-dracut-live'],
  ['no boot loader for BIOS', (text) => text.replace('grub2-pc-modules\n', ''), 'iso', 'livemedia-package'],
  ['no shim', (text) => text.replace('shim-x64\n', ''), 'iso', 'livemedia-package'],
  ['no kernel', (text) => text.replace('kernel-core\n', ''), 'pxe', 'livemedia-package'],
  ['a display mode', (text) => text.replace('shutdown\n', 'shutdown\ntext\n'), 'iso', 'livemedia-display-mode'],
  ['no end', (text) => text.replace('shutdown\n', ''), 'iso', 'end-action'],
  ['no network', (text) => text.replace(/^network .*$/m, ''), 'iso', 'livemedia-network'],
  ['no source', (text) => text.replace(/^url .*$/m, ''), 'tar', 'livemedia-source'],
  ['no size', (text) => text.replace('--size=10240', '--grow'), 'iso', 'livemedia-root-size'],
  ['autopart', (text) => text.replace(/^part .*$/m, 'autopart'), 'pxe', 'livemedia-root-size'],
  [
    'a second partition',
    (text) => text.replace(/^part .*$/m, '$&\npart /home --size=9'),
    'pxe',
    'livemedia-single-root',
  ],
  ['a disk without boot loader', (text) => text, 'raw', 'livemedia-boot-loader'],
  ['quotes for GRUB', (text) => text.replace('console=tty0', "dyndbg='file a'"), 'iso', 'livemedia-boot-argument'],
  [
    'authselect without it',
    (text) => text.replace('shutdown\n', 'shutdown\nauthselect x\n'),
    'iso',
    'livemedia-program',
  ],
])('%s is found before anything starts', (_name, change, output, code) => {
  expect(change(smallKickstart) === smallKickstart).toBe(output === 'raw');
  expect(errors(change(smallKickstart), output).join('\n')).toContain(code);
});

test('whatever livemedia-creator would refuse, we refuse before', () => {
  const changes: readonly ((text: string) => string)[] = [
    (text) => text.replace('\ndracut-live\n', '\n'),
    (text) => text.replace(/^url .*$/m, ''),
    (text) => text.replace(/^network .*$/m, ''),
    (text) => text.replace('shutdown\n', 'shutdown\ncmdline\n'),
    (text) => text.replace(/^part .*$/m, 'part /home --size=10'),
    (text) => text.replace('--size=10240', '--grow'),
    (text) => text.replace(/^part .*$/m, ''),
  ];
  for (const output of OUTPUTS) {
    const options = parseCreatorArguments(creatorWords(planFor({ output })));
    for (const change of changes) {
      const text = change(smallKickstart);
      const theirs = checksOfKickstart(kickstartModel(text), options);
      if (theirs.length > 0) expect(errors(text, output), `${output}: ${theirs.join()}`).not.toEqual([]);
    }
  }
});
