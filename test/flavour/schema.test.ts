import { expect, test } from 'vitest';
import { onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const flavour = (...lines: string[]): Record<string, string> => ({
  'flavours/small.yaml': ['flavour: small', 'summary: a small one', 'base: test-1', ...lines, ''].join('\n'),
});

test.each([
  [
    'unknown key',
    ['componets: [core]'],
    'unknown-key flavours/small.yaml:4:1 unknown key `componets` (did you mean `components`?)',
  ],
  [
    'unknown key far from any other',
    ['budgets:', '  zzzzzzzz: 1'],
    'unknown-key flavours/small.yaml:5:3 unknown key `zzzzzzzz` (known keys: idleMemoryMiB, runningServices, imageMiB)',
  ],
  [
    'wrong type',
    ['components: core'],
    'wrong-type flavours/small.yaml:4:13 `components` must be a list of component names, or `add:` and `remove:` with such lists, not text',
  ],
  [
    'wrong type in a list',
    ['components:', '  - core', '  - 7'],
    'wrong-type flavours/small.yaml:6:5 entry 2 of `components` must be a name: lower-case letters, digits and `-`, such as `debian-13`, not a number',
  ],
  [
    'empty value',
    ['components:'],
    'wrong-type flavours/small.yaml:4:12 `components` must be a list of component names, or `add:` and `remove:` with such lists, not nothing',
  ],
  [
    'bad value',
    ['system: {hostname: -x-}'],
    'wrong-value flavours/small.yaml:4:20 `hostname` must be a host name, such as `host1.example.org`',
  ],
  [
    'number out of range',
    ['budgets: {imageMiB: 0}'],
    'wrong-value flavours/small.yaml:4:21 `imageMiB` must be a number of MiB',
  ],
  [
    'two verbs for one unit',
    ['units:', '  - {enable: login, mask: login, reason: both}'],
    'wrong-value flavours/small.yaml:5:5 entry 1 of `units` must be exactly one of `enable:`, `disable:` and `mask:`, with `reason:`',
  ],
  [
    'a name in the place of a statement',
    ['units: {add: [sshd]}'],
    'wrong-type flavours/small.yaml:4:15 entry 1 of `add` must be exactly one of `enable:`, `disable:` and `mask:`, with `reason:`, not text',
  ],
  [
    'a key that belongs elsewhere',
    ['units: {add: [{exact: foo.service}]}'],
    'unknown-key flavours/small.yaml:4:16 unknown key `exact` (known keys: enable, disable, mask, reason, user, when, override)',
  ],
  [
    'a key that is written wrong',
    ['units: {add: [{enable: login, resaon: both}]}'],
    'unknown-key flavours/small.yaml:4:31 unknown key `resaon` (did you mean `reason`?)',
  ],
  [
    'two verbs and no reason',
    ['units: {add: [{enable: login, mask: login}]}'],
    'wrong-value flavours/small.yaml:4:15 entry 1 of `add` must be exactly one of `enable:`, `disable:` and `mask:`, with `reason:`',
  ],
  [
    'missing key',
    ['units:', '  - enable: login'],
    'missing-key flavours/small.yaml:5:5 entry 1 of `units` lacks `reason`',
  ],
])('%s', (_, lines, finding) => {
  expect(onlyFinding(resolveIn(sourceTree(flavour(...lines))))).toBe(finding);
});

test('a wrong choice names what it may be a slip of', () => {
  const root = sourceTree();
  const base = sourceTree({ 'bases/test-1.yaml': 'base: test-1\nfamily: debs\n' });
  expect(resolveIn(root).diagnostics).toEqual([]);
  const { diagnostics } = resolveIn(base);
  expect(diagnostics.find(({ code }) => code === 'wrong-value')).toMatchObject({
    message: '`family` must be `deb` or `rpm`',
    hint: 'did you mean `deb`?',
  });
});

test('a name that is no logical name is shown where it stands', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': 'component: core\nsummary: the core\npackages:\n  - name: Shell_\n',
  });
  expect(onlyFinding(resolveIn(root))).toMatch(
    /^wrong-value overlays\/core\/component.yaml:4:11 `name` must be a logical name/,
  );
});

test('all that is wrong in a file is said, in the order of its lines', () => {
  const { diagnostics } = resolveIn(sourceTree(flavour('zzz: 1', 'components: core', 'yyyyyy: 2')));
  expect(diagnostics.map(({ span }) => span?.start.line)).toEqual([4, 5, 6]);
});

test('no message repeats a value: it may be a secret', () => {
  const { diagnostics } = resolveIn(sourceTree(flavour('users:', '  - {name: me, passwordHash: hunter2-plain}')));
  expect(diagnostics).toHaveLength(1);
  expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
});

test('a name that no file can have is that of no flavour', () => {
  expect(resolveIn(sourceTree(), 'x'.repeat(5000)).diagnostics.map(({ code }) => code)).toEqual(['unknown-flavour']);
});
