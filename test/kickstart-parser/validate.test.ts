import { applyFixes, type KickstartVersion, parse, validate } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';

interface FixCase {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly version?: KickstartVersion;
}

const FIXES: readonly FixCase[] = [
  { what: 'a misspelt command', before: 'lamg C # c\n', after: 'lang C # c\n' },
  { what: 'a misspelt option', before: 'part / --sise="1" --grow\n', after: 'part / --size="1" --grow\n' },
  { what: 'a misspelt section', before: '%pots --nochroot\ntrue\n%end\n', after: '%post --nochroot\ntrue\n%end\n' },
  { what: 'a command that is gone', before: 'lang C\n  install # now\n', after: 'lang C\n' },
  { what: 'a command without effect', before: 'module --name=x\n', after: '' },
  { what: 'an option with a new name', before: 'timezone UTC --isUtc\n', after: 'timezone UTC --utc\n' },
  {
    what: 'a header option with a new name',
    before: '%packages --instLangs=en\n%end\n',
    after: '%packages --inst-langs=en\n%end\n',
  },
  {
    what: 'an option without effect',
    before: 'repo --name=a --ignoregroups yes --cost=1\n',
    after: 'repo --name=a --cost=1\n',
    version: 'F36',
  },
  { what: 'a flag with a value', before: 'part / --grow=yes\n', after: 'part / --grow\n' },
  { what: 'a comment without its sign', before: 'lang C the language\n', after: 'lang C # the language\n' },
  {
    what: 'a list that goes on behind its comma',
    before: 'services --enabled=sshd, chronyd\n',
    after: 'services --enabled=sshd,chronyd\n',
  },
  { what: 'an option without its dashes', before: 'part / size=8192\n', after: 'part / --size=8192\n' },
  {
    what: 'a section that is not closed',
    before: '%post\ntrue\n%packages\nvim',
    after: '%post\ntrue\n%end\n%packages\nvim\n%end\n',
  },
  { what: 'an %end too many', before: '%end\nlang C\n', after: 'lang C\n' },
];

describe('fixes', () => {
  test.each(FIXES)('$what', ({ before, after, version = 'F44' }) => {
    const text = applyFixes(before, 'k', validate(parse(before, { file: 'k' }), version)).text;
    expect(text).toBe(after);
    expect(validate(parse(text), version)).toEqual([]);
  });
});

test.each([
  ['part --size=1', 'missing-required', 'The mount point is missing', '1:1'],
  ['part / --size', 'missing-value', '--size needs a value', '1:8'],
  ['part / --size=x', 'invalid-value', '--size: "x" is not a whole number', '1:8'],
  ['part / --f=x', 'ambiguous-option', '"--f=x" could be --fstype or --fsoptions or --fsprofile', '1:8'],
  ['network --bootproto=x', 'invalid-choice', '--bootproto: "x" is not one of dhcp, bootp, static, query, ibft', '1:9'],
  [
    'part / --encrypted --pbkdf-time=1 --pbkdf-iterations=2',
    'command-rule',
    '--pbkdf-time and --pbkdf-iterations exclude each other',
    '1:35',
  ],
  ['lang "C', 'quoting', 'This quote or backslash is never closed', '1:6'],
  ['%include', 'include-without-path', '%include needs the path of a file', '1:1'],
  ['constructor', 'unknown-command', 'F44 has no command "constructor"', '1:1'],
  ['vnc', 'deprecated-command', '"vnc" is deprecated since F43 and has no effect', '1:1'],
])('%s: %s', (text, code, message, place) => {
  const [finding] = validate(parse(`${text}\n`), 'F44');
  expect(finding).toMatchObject({ code, message });
  expect(`${finding?.span?.start.line}:${finding?.span?.start.column}`).toBe(place);
});

test('conflicting commands and duplicates show both places', () => {
  expect(validate(parse('autopart\npart /\n'), 'F44')).toMatchObject([
    { code: 'conflicting-commands', span: { start: { line: 2 } }, related: [{ span: { start: { line: 1 } } }] },
  ]);
  expect(validate(parse('part /\npart /\n'), 'F44')).toMatchObject([
    {
      code: 'duplicate-entry',
      severity: 'warning',
      span: { start: { line: 2 } },
      related: [{ span: { start: { line: 1 } } }],
    },
  ]);
});
