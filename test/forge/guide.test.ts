import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { everywhere, optionName } from '../../scripts/command-line/index.ts';
import { declarations } from '../../scripts/commands/declarations.ts';
import { verbs } from '../../scripts/commands/verbs.ts';
import { checkout } from '../render/shipped.ts';

const folder = path.join(checkout, '.github');
const guide = readFileSync(path.join(folder, 'CONTRIBUTING.md'), 'utf8');
/** What stands between back quotes, in one line or as a block. */
const code = [...guide.matchAll(/```\w*\n([\s\S]*?)```|`([^`]+)`/g)].map(([, block, words]) => block ?? words ?? '');

test('the map has every room of scripts/, and no other', () => {
  const groups = ['engines', 'report'];
  const foldersIn = (...names: readonly string[]) =>
    readdirSync(path.join(checkout, 'scripts', ...names), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !groups.includes(entry.name))
      .map(({ name }) => [...names, name].join('/'));
  const rooms = [...foldersIn(), ...groups.flatMap((group) => foldersIn(group))];
  const map = [...guide.matchAll(/^\*\*`([a-z/-]+)`\*\* \S/gm)].map(([, room]) => room);
  expect([...map].sort()).toEqual(rooms.sort());
});

test('every file and folder that recipes and map name is there', () => {
  const named = code.flatMap(
    (words) => words.match(/(?<![\w./-])(?:scripts|test|kickstarts|overlays|ci)\/[\w./-]*/g) ?? [],
  );
  expect(named.length).toBeGreaterThan(50);
  // A file that a reader makes lies in a folder that is there.
  const known = named.map((name) => name.replace(/\/[^/]*NAME.*/, ''));
  expect([...new Set(known)].filter((name) => !existsSync(path.join(checkout, name)))).toEqual([]);
});

test.each(['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'])('the links of %s lead somewhere', (file) => {
  const links = [...readFileSync(path.join(folder, file), 'utf8').matchAll(/\]\((?!https:)([^)#]+)\)/g)];
  expect(links.filter(([, to = '']) => !existsSync(path.join(folder, to))).map(([link]) => link)).toEqual([]);
});

test('the commands that it tells to type are there, and so are their options', async () => {
  const { scripts } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const run = code.flatMap((words) =>
    [...words.matchAll(/npm run ([\w:]+)\b(?! --workspace)/g)].map(([, name]) => name),
  );
  expect(run.filter((name) => scripts[name ?? ''] === undefined)).toEqual([]);
  const typed = code.flatMap((words) => [...words.matchAll(/npx phyllome (?!--)([\w]+)([^\n`]*)/g)]);
  expect(typed.length).toBeGreaterThan(10);
  const declared = await declarations();
  for (const [line, verb, rest = ''] of typed) {
    const { flags } = declared.find(({ name }) => name === verb) ?? { flags: {} };
    const known = Object.keys({ ...everywhere, ...flags }).map(optionName);
    expect(Object.keys(verbs), line).toContain(verb);
    expect(
      (rest.match(/--[\w-]+/g) ?? []).filter((option) => !known.includes(option)),
      line,
    ).toEqual([]);
  }
});
