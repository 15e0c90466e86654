import { diff, explain, format, model, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';

const read = (text: string) => model(parse(text), 'F44');

test('diff sees neither order nor spelling nor comments', () => {
  const a = 'lang C\npartition / --siz=100 # root\n%packages\na\nb\n%end\n';
  const b = '# new\npart / --size 100\n%packages\nb\na\n%end\nlang "C"\n';
  expect(diff(read(a), read(b))).toEqual([]);
});

test('diff names what is added, removed and changed', () => {
  const a = 'part / --size=100\nlang C\n%packages\na\n%end\n%post\ntrue\n%end\n';
  const b = 'part / --size=200\nskipx\n%packages --nocore\nb\n%end\n%post\ntrue\n%end\n%post\nfalse\n%end\n';
  expect(
    diff(read(a), read(b))
      .map(({ kind, subject }) => `${kind} ${subject}`)
      .sort(),
  ).toEqual([
    'added %post 2',
    'added package b',
    'added skipx',
    'changed %packages',
    'changed part /',
    'removed lang',
    'removed package a',
  ]);
  expect(diff(read(a), read(b))[0]).toMatchObject({ before: 'part / --size=100', after: 'part / --size=200' });
});

test('explain tells what a line means and which releases have it', () => {
  const document = parse('bootloader --sd\n\nvnc --host x\nbogus\n%post\n%end\n');
  expect(explain(document, 1, 'F44')).toMatchObject({
    command: 'bootloader',
    status: 'active',
    repeats: 'replaces',
    options: [{ name: '--sdboot', since: 'F39', versions: expect.not.arrayContaining(['F38', 'RHEL9']) }],
  });
  expect(explain(document, 3, 'F44')).toMatchObject({
    status: 'deprecated',
    statusSince: 'since F43',
    advice: 'Use rdp.',
  });
  expect(explain(document, 4, 'F44')).toMatchObject({ status: 'unknown', versions: [] });
  expect(explain(document, 2, 'F44')).toBeUndefined();
  expect(explain(document, 99, 'F44')).toBeUndefined();
});

test('explain knows sections, packages and directives', () => {
  const lines = ['%include a.ks', '%post --nochroot', 'true', '%end', '%packages', '# c', '@^env', '-vim # x', '%end'];
  const document = parse(`${lines.join('\n')}\n`);
  const summaries = lines.map((_line, index) => explain(document, index + 1, 'F44')?.summary);
  expect(summaries).toEqual([
    'Stands for the lines of a.ks.',
    'A script that runs after the installation, outside the installed system.',
    'A line of the body.',
    'Ends %post.',
    'The packages to install.',
    undefined,
    'Installs the environment env.',
    'Keeps the package vim away.',
    'Ends %packages.',
  ]);
  expect(explain(document, 2, 'F44')?.options).toMatchObject([{ name: '--nochroot', since: 'FC4' }]);
});

test('format evens out white space and leaves scripts and quoting alone', () => {
  const text =
    '\n\n  lang   "C"   # x\r\n\n\n# about the list\n%packages\n   vim   # y\n\n%end  \n%post\n  a   b\n\n\n%end';
  expect(format(parse(text))).toBe(
    'lang "C"  # x\n\n# about the list\n%packages\nvim   # y\n\n%end\n\n%post\n  a   b\n\n\n%end\n',
  );
});

test('a line that another program reads is left as it is: `#` is no comment to realm', () => {
  const line = 'realm join  --no-password e#ample.org\n';
  expect(format(parse(line))).toBe(line);
});
