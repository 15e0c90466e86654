import { expect, onTestFinished, test, vi } from 'vitest';
import { choice, flag, list, operand, option, runCommandLine, text, verb } from '../../scripts/command-line/index.ts';
import { recordingContext } from '../commands/recording-context.ts';

const loaded: string[] = [];
const build = {
  name: 'build',
  help: { summary: 'make it', more: 'slowly' },
  flags: {
    flavour: operand(text('flavour'), 'which'),
    base: option(text('base'), 'on what', { usually: 'debian' }),
    output: list(choice('output', ['iso', 'disk']), 'what'),
  },
  run: (values: object, { print }: { readonly print: (text: string) => void }) => print(JSON.stringify(values)),
};
const check = {
  name: 'hardware check',
  help: { summary: 'judge' },
  flags: { json: flag('for programs') },
  startsPrograms: true,
  run: (values: object, { print }: { readonly print: (text: string) => void }) => print(JSON.stringify(values)),
} as const;
const counted = <T extends { readonly name: string }>(file: T) => {
  loaded.push(file.name);
  return Promise.resolve(file);
};
const verbs = { build: verb(() => counted(build)), 'hardware check': verb(() => counted(check)) };

/** What is printed for `line`, errors included, and the exit code that Commander would end with. */
async function typed(line: string) {
  loaded.length = 0;
  const { context, output } = recordingContext();
  let printed = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    }),
  );
  onTestFinished(() => void vi.restoreAllMocks());
  let exitCode = 0;
  await runCommandLine(line.split(' ').filter(Boolean), {
    verbs,
    groups: { hardware: 'computers' },
    declarations: async () => [build, check],
    surroundings: (directories) => ({
      reading: { ...context, places: { ...context.places, user: directories } },
      running: async () => context,
    }),
    version: async () => '1.2.3',
  }).catch((error: { exitCode: number }) => {
    exitCode = error.exitCode;
  });
  for (const spy of spies) spy.mockRestore();
  return { exitCode, text: `${printed}${output()}`, loaded: [...loaded] };
}

test('an option that takes a list ends with its word: what follows is something else', async () => {
  const build = (output: readonly string[]) => JSON.stringify({ flavour: 'nano', output });
  expect((await typed('build --output iso nano')).text).toBe(build(['iso']));
  expect((await typed('build nano --output iso,disk')).text).toBe(build(['iso', 'disk']));
  expect((await typed('build --output disk nano --output=iso,disk')).text).toBe(build(['disk', 'iso']));
  expect(await typed('build nano --output iso,tape')).toMatchObject({ exitCode: 2 });
  expect((await typed('build --help')).text).toMatch(/--output <output,…> +what/);
});

test('an option of another verb is refused with whose it is', async () => {
  const { exitCode, text } = await typed('build nano --json');
  expect(exitCode).not.toBe(0);
  expect(text).toMatch(/unknown option '--json'\n\(hardware check would\)\n$/);
  expect((await typed('build nano --nonsense')).text).toMatch(/unknown option '--nonsense'\n$/);
});

test('a verb is run with what was typed; its file alone is loaded', async () => {
  expect(await typed('build nano --base fedora')).toEqual({
    exitCode: 0,
    text: '{"flavour":"nano","base":"fedora"}',
    loaded: ['build'],
  });
  expect(await typed('--dir mine hardware check --json')).toEqual({
    exitCode: 0,
    text: '{"json":true}',
    loaded: ['hardware check'],
  });
});

test('help of all verbs loads none; help of one tells both sentences and what is usual', async () => {
  const all = await typed('--help');
  expect(all).toMatchObject({ exitCode: 0, loaded: [] });
  expect(all.text).toMatch(/build \[options\] <flavour> +make it\n/);
  expect(all.text).toMatch(/hardware +computers\n/);
  const one = await typed('build --help');
  expect(one).toMatchObject({ exitCode: 0, loaded: ['build'] });
  expect(one.text).toContain('make it; slowly');
  expect(one.text).toMatch(/--base <base> +on what \(default: "debian"\)/);
});

test.each(['nonsense', 'nonsense --help', 'help nonsense', 'biuld -h', 'hardware chek --help', 'help hardware chek'])(
  'an unknown verb is one, whatever else is typed: %s',
  async (line) => {
    const { exitCode, text } = await typed(line);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^error: unknown command '(nonsense|biuld|chek)'/);
    if (line.includes('biuld')) expect(text).toContain('Did you mean build?');
    if (line.includes('chek')) expect(text).toContain('Did you mean check?');
  },
);

test.each(['--version', 'build --version', '--version build nano'])('%s prints the version only', async (line) => {
  expect(await typed(line)).toMatchObject({ exitCode: 0, text: 'phyllome 1.2.3', loaded: [] });
});
