import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { run as build } from '../../scripts/commands/build.ts';
import { run as diff } from '../../scripts/commands/diff.ts';
import { run as lint } from '../../scripts/commands/lint.ts';
import { run as render } from '../../scripts/commands/render.ts';
import { run as show } from '../../scripts/commands/show.ts';
import { run as why } from '../../scripts/commands/why.ts';
import { holdsSecret } from '../../scripts/prepare/index.ts';
import { reportFindings } from '../../scripts/report/diagnostics/index.ts';
import { resolveShipped, shipped } from '../render/shipped.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

const SECRET = 'correct horse battery staple';
const PASSWORD = `password = ${SECRET}`;

/** A user's flavour whose component brings a file that only root may read, of text or of bytes. */
function mine(entry: string, content: string | Buffer = `[vpn]\n${PASSWORD}\nuser = ada\n`) {
  const directory = scratchDirectory();
  const folder = path.join(directory, 'overlays/vpn/rootfs/etc/vpn');
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.join(directory, 'flavours'));
  writeFileSync(path.join(folder, 'key'), content);
  writeFileSync(
    path.join(directory, 'overlays/vpn/component.yaml'),
    `component: vpn\nsummary: a private network\nfiles:\n  - {path: /etc/vpn/key, ${entry}}\nkernelArguments: [{argument: quiet, reason: silence}]\n`,
  );
  writeFileSync(
    path.join(directory, 'flavours/mine.yaml'),
    'flavour: mine\nsummary: my own\nextends: nano\ncomponents: {add: [vpn]}\n',
  );
  return recordingContext([directory]);
}

const modeOf = (file: string) => statSync(file).mode & 0o777;
const ofMine = { flavour: 'mine', base: 'debian-13' } as const;

test.each(['mode: "0600"', 'mode: "0400"', 'mode: "0644", secret: true'])(
  'a file with `%s` makes the kickstart private, and is not shown',
  async (entry) => {
    const { context, output, scratch } = mine(entry);
    await render(ofMine, context);
    expect(modeOf(path.join(scratch, 'out/mine-debian-13/mine.ks'))).toBe(0o600);
    expect(output()).toContain('put /etc/vpn/key');
    expect(output()).toContain('•'.repeat(PASSWORD.length));
    expect(output()).not.toContain(SECRET);
    // What stands around it is there.
    expect(output()).toContain('quiet');
    expect(output()).toContain('%packages');
  },
);

test.each(['mode: "0644"', 'mode: "0640"', 'mode: "0600", secret: false'])(
  'a file with `%s` does not',
  async (entry) => {
    const { context, output, scratch } = mine(entry);
    await render(ofMine, context);
    expect(modeOf(path.join(scratch, 'out/mine-debian-13/mine.ks')) & 0o044).toBe(0o044);
    expect(output()).toContain(SECRET);
  },
);

test('nor is one of bytes shown, which the kickstart holds as base64', async () => {
  const bytes = Buffer.from([0, 1, 2, ...Buffer.from(SECRET)]);
  const { context, output } = mine('mode: "0600"', bytes);
  await render(ofMine, context);
  expect(output()).toContain('put /etc/vpn/key');
  expect(output()).not.toContain(bytes.toString('base64').slice(0, 20));
});

test('a printed plan does not hold it', async () => {
  const { context, output } = mine('mode: "0600"');
  await build({ ...ofMine, dryRun: true }, context);
  expect(output()).toContain('Building the initramfs');
  expect(output()).toContain('< (secret)');
  expect(output()).not.toContain(SECRET);
});

test('`why`, `show` and `diff` tell that it is there, and not what it holds', async () => {
  const { context, output } = mine('mode: "0600"');
  why({ ...ofMine, query: '/etc/vpn/key' }, context);
  show({ ...ofMine }, context);
  show({ ...ofMine, json: true }, context);
  await diff({ a: 'nano', b: 'mine' }, context);
  await diff({ a: 'nano', b: 'mine', json: true }, context);
  expect(output()).toContain('/etc/vpn/key');
  expect(output()).not.toContain(SECRET);
  expect(() => why({ ...ofMine, query: 'battery' }, context)).toThrow(
    'nothing in mine on debian-13 is called `battery`',
  );
  expect(() => why({ ...ofMine, query: 'password =' }, context)).toThrow('is called');
});

describe('findings about a secret file', () => {
  const KEY = 'hunter2hunter2';
  const LIST = ['/etc/dracut.conf.d/x.conf', `add_drivers+="${KEY}"\n`, 'dracut-list-without-blanks'] as const;
  const PRESET = ['/etc/systemd/system-preset/10-x.preset', `disable ssh.* ${KEY}\n`, 'preset-before-ours'] as const;
  const TEMPLATE = ['/etc/x.conf', `${KEY} {{${KEY}}}\n`, 'unknown-value'] as const;
  const formats = ['pretty', 'json', 'sarif', 'github'] as const;

  /** What lint prints of a flavour with such a file. */
  function told(
    [file, text]: readonly [string, string, string],
    mode: string,
    format: (typeof formats)[number],
  ): string {
    const directory = scratchDirectory();
    const write = (name: string, content: string) => {
      mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
      writeFileSync(path.join(directory, name), content);
    };
    write(`overlays/vpn/rootfs${file}${text.includes('{{') ? '.hbs' : ''}`, text);
    const entry = `files:\n  - {path: ${file}, mode: "${mode}"}\n`;
    write('overlays/vpn/component.yaml', `component: vpn\nsummary: a private network\n${entry}`);
    write('flavours/mine.yaml', 'flavour: mine\nsummary: my own\nextends: headless\ncomponents: {add: [vpn]}\n');
    const { context, warnings, output } = recordingContext([directory]);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      lint({ ...ofMine, format }, context);
      reportFindings(warnings, context.places, { program: 'phyllome', directories: [] });
      return `${output()}${stderr.mock.calls.flat().join('')}`;
    } finally {
      stderr.mockRestore();
      process.exitCode = undefined;
    }
  }

  test.each(formats.flatMap((format) => [LIST, PRESET, TEMPLATE].map((one) => [one[2], format, one] as const)))(
    '%s as %s: its line, and not what stands there',
    (code, format, one) => {
      expect(told(one, '0644', format)).toContain(KEY);
      const hidden = told(one, '0600', format);
      expect(hidden).toContain(code);
      expect(hidden).toContain(`overlays/vpn/rootfs${one[0]}`);
      expect(hidden).toContain('•'.repeat(KEY.length));
      expect(hidden).not.toContain(KEY);
    },
  );
});

test('no flavour of this project holds a secret: its images are for everybody', () => {
  for (const [name, base] of shipped) {
    expect([name, holdsSecret(resolveShipped(name, base))]).toEqual([name, false]);
  }
});
