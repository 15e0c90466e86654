import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../scripts/kickstart-parser/src/cli/run.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kickstart-cli-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function file(name: string, text: string): string {
  mkdirSync(join(root, name, '..'), { recursive: true });
  writeFileSync(join(root, name), text);
  return join(root, name);
}

/** Runs the command line; gives its exit status and what it wrote. */
async function kickstartParser(...words: string[]) {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      written[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    });
  }
  const status = await run(words);
  vi.restoreAllMocks();
  return { status, ...written };
}

const GOOD = 'lang en_US.UTF-8\nrootpw --lock\n';

test('check: nothing to say about a good kickstart', async () => {
  expect(await kickstartParser('check', file('a.ks', GOOD))).toEqual({
    status: 0,
    stdout: 'No findings\n',
    stderr: '',
  });
});

test('check: an error in an included file is shown there, with carets', async () => {
  const main = file('a.ks', `${GOOD}%include b.ks\n`);
  const included = file('b.ks', '\n\tpart / --sise=1 # root\n');
  const { status, stdout } = await kickstartParser('check', main);
  expect(status).toBe(1);
  expect(stdout).toBe(
    [
      `${included}:2:9: error: F45 has no option --sise here [unrecognized-arguments]`,
      '  2 |         part / --sise=1 # root',
      '    |                ^^^^^^^^',
      '  hint: Did you mean --size?',
      '  fix: Replace by --size',
      '',
      '1 error; 1 can be fixed with "kickstart-parser fix"',
      '',
    ].join('\n'),
  );
});

test('check: the release comes from the option, else from the file', async () => {
  const name = file('a.ks', `#version=F45\n${GOOD}vnc\n`);
  expect((await kickstartParser('check', name)).status).toBe(1);
  const older = await kickstartParser('check', name, '--version', 'f44');
  expect(older.status).toBe(0);
  expect(older.stdout).toContain('warning: "vnc" is deprecated since F43');
  expect((await kickstartParser('check', name, '--version', 'f44', '--strict')).status).toBe(1);
});

test('fix: more fixes than a call can have arguments', async () => {
  const name = file('a.ks', `${GOOD}${'install\n'.repeat(130_000)}`);
  expect(await kickstartParser('fix', name, '--stdout', '--no-shell')).toEqual({ status: 0, stdout: GOOD, stderr: '' });
});

test('check: of a file that cannot be read nothing else is called missing', async () => {
  const name = file('a.ks', '%include base.ks\n%packages\nvim\n%end\n');
  const { stdout } = await kickstartParser('check', name, '--profile', 'livemedia');
  expect(stdout.match(/\[[a-z-]+\]$/gm)).toEqual(['[unreadable-file]']);
  // What %pre makes, livemedia-creator does not see when it looks for these.
  const made = file('b.ks', '%include /tmp/base.ks\n%pre\necho > /tmp/base.ks\n%end\n');
  const told = (await kickstartParser('check', made, '--profile', 'livemedia')).stdout.match(/\[[a-z-]+\]$/gm);
  expect(told).toEqual(
    expect.arrayContaining(['[include-made-by-pre]', '[livemedia-source]', '[livemedia-root-size]']),
  );
});

test('check: settings reach the rules', async () => {
  const name = file('a.ks', `${GOOD}%include /tmp/x.ks\n%post\nfi\n%end\n`);
  const words = ['check', name, '--optional', '/tmp/*', '--no-shell', '--without', 'post-without-error-handling'];
  expect(await kickstartParser(...words)).toMatchObject({ status: 0, stdout: 'No findings\n' });
  const { stdout } = await kickstartParser('check', name, '--profile', 'livemedia', '--virtual', '--target=tar');
  expect(stdout).toContain('[unreadable-file]');
  expect(stdout).toContain('[shell-syntax]');
});

test.each([
  [
    'json',
    (text: string) =>
      expect(JSON.parse(text)).toMatchObject([{ code: 'unknown-command', span: { start: { line: 3 } } }]),
  ],
  [
    'github',
    (text: string) =>
      expect(text).toMatch(/^::error file=.*a\.ks,line=3,col=1,endLine=3,endColumn=5,title=unknown-command::/),
  ],
  [
    'sarif',
    (text: string) =>
      expect(JSON.parse(text)).toMatchObject({
        version: '2.1.0',
        runs: [
          {
            results: [
              {
                ruleId: 'unknown-command',
                level: 'error',
                locations: [{ physicalLocation: { region: { startLine: 3 } } }],
                fixes: [{}],
              },
            ],
          },
        ],
      }),
  ],
] as const)('check --format %s', async (format, expectReport) => {
  const { stdout } = await kickstartParser('check', file('a.ks', `${GOOD}lamg x\n`), '--format', format);
  expectReport(stdout);
});

test('fix: mends the file and reports what is left', async () => {
  const name = file('a.ks', `${GOOD}lamg C # mine\npart\n`);
  const { status, stdout, stderr } = await kickstartParser('fix', name);
  expect(readFileSync(name, 'utf8')).toBe(`${GOOD}lang C # mine\npart\n`);
  expect(stderr).toContain('Replace by lang');
  expect(stdout).toContain('The mount point is missing');
  expect(status).toBe(1);
});

test('fix: does not repeat what an included file says', async () => {
  const name = file('a.ks', '%include b.ks\nlamg C\n');
  file('b.ks', `${GOOD}network --bootproto=dhcp\npoweroff\nkeyboarb us\n`);
  await kickstartParser('fix', name, '--profile', 'livemedia', '--target', 'tar');
  expect(readFileSync(name, 'utf8')).toBe('%include b.ks\nlang C\n');
  expect(readFileSync(join(root, 'b.ks'), 'utf8')).toContain('keyboarb us');
});

test('fix --stdout leaves the file alone', async () => {
  const name = file('a.ks', `${GOOD}lamg C\n`);
  expect(await kickstartParser('fix', '--stdout', name)).toMatchObject({ status: 0, stdout: `${GOOD}lang C\n` });
  expect(readFileSync(name, 'utf8')).toBe(`${GOOD}lamg C\n`);
});

test('flatten: to standard output, or to files with the map', async () => {
  const name = file('a.ks', '# a\n%include b.ks\n');
  file('b.ks', 'lang C\n');
  expect(await kickstartParser('flatten', name)).toMatchObject({ status: 0, stdout: '# a\nlang C\n' });
  await kickstartParser('flatten', name, '--output', join(root, 'flat.ks'), '--map', join(root, 'map.json'));
  expect(readFileSync(join(root, 'flat.ks'), 'utf8')).toBe('# a\nlang C\n');
  expect(JSON.parse(readFileSync(join(root, 'map.json'), 'utf8'))).toEqual([
    { file: name, line: 1 },
    { file: join(root, 'b.ks'), line: 1 },
  ]);
  expect((await kickstartParser('flatten', file('c.ks', '%include no.ks\n'))).status).toBe(1);
});

test('format: rewrites, prints or only checks', async () => {
  const name = file('a.ks', '\n lang   C\n');
  expect(await kickstartParser('format', '--check', name)).toMatchObject({
    status: 1,
    stdout: `${name} is not formatted\n`,
  });
  expect((await kickstartParser('format', '--stdout', name)).stdout).toBe('lang C\n');
  await kickstartParser('format', name);
  expect(readFileSync(name, 'utf8')).toBe('lang C\n');
  expect((await kickstartParser('format', '--check', name)).status).toBe(0);
});

test('explain: one line or all of them', async () => {
  const name = file('a.ks', 'lang C\npart / --label x --gro\n');
  const { stdout } = await kickstartParser('explain', `${name}:2`);
  expect(stdout).toBe(
    [
      `${name}:2: part / --label x --gro`,
      '  part: Makes a partition.',
      '  Works in F36–F45, RHEL8–RHEL11.',
      '  A further line adds to it.',
      '  --label x: since FC4; in F36–F45, RHEL8–RHEL11',
      '  --grow: since FC3; in F36–F45, RHEL8–RHEL11',
      '',
    ].join('\n'),
  );
  expect(JSON.parse((await kickstartParser('explain', name, '--format', 'json')).stdout)).toHaveLength(2);
  expect((await kickstartParser('explain', `${name}:9`)).status).toBe(2);
});

test('diff: by meaning', async () => {
  const before = file('a.ks', 'lang C\npart / --size=1\n%packages\nvim\n%end\n');
  const after = file('b.ks', 'partition / --size 2 # more\nlang "C"\n%packages\n%end\n%post\ntrue\n%end\nskipx\n');
  expect(await kickstartParser('diff', before, after)).toMatchObject({
    status: 1,
    stdout:
      '~ part /\n    - part / --size=1\n    + part / --size=2\n- package vim\n+ skipx\n+ %post\n    + %post\n    + true\n    + %end\n',
  });
  expect((await kickstartParser('diff', before, before)).status).toBe(0);
});

test.each([
  [['bogus', 'x'], 'unknown command "bogus"'],
  [['constructor', 'x'], 'unknown command "constructor"'],
  [['check'], 'no file given'],
  [['check', '/no/such.ks'], 'cannot read /no/such.ks: there is no such file'],
  [['check', 'x', '--version', 'F1'], 'unknown release "F1"'],
  [['check', 'x', '--format', 'xml'], '--format must be one of pretty'],
  [['check', 'x', '--bogus'], "Unknown option '--bogus'"],
  [['diff', '/dev/null'], 'diff takes two files'],
])('wrong usage: %j', async (words, message) => {
  const { status, stderr } = await kickstartParser(...words);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test('help is no error, no words are', async () => {
  expect(await kickstartParser('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit status') });
  expect((await kickstartParser()).status).toBe(2);
});
