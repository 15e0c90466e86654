import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { shadowDays } from '../../../scripts/engines/direct/configure-stage.ts';
import { scratchDirectory } from '../../commands/recording-context.ts';
import { planOf, stepsOf } from './fixtures.ts';

/** What the script makes of /etc/shadow for packages of day 100. */
function dated(shadow: string): string {
  const directory = scratchDirectory();
  for (const name of ['etc', 'run']) mkdirSync(path.join(directory, name));
  const file = path.join(directory, 'etc/shadow');
  writeFileSync(file, shadow);
  const script = shadowDays.replaceAll(/\/(?:etc|run)\/shadow/g, (name) => `"${directory}${name}"`);
  execFileSync('sh', ['-eu', '-s', '--', String(100 * 86_400 + 5)], { input: script });
  return readFileSync(file, 'utf8');
}

test('no account has a password of a day after that of the packages; earlier ones, and one that is due, stay', () => {
  const shadow = (day: number | string) =>
    `root:*:${day}:0:99999:7:::\nasked:$6$x:50:0:::::\ndue:!:0:::::\nnone:!::::::\n`;
  expect(dated(shadow(20788))).toBe(shadow(100));
  expect(dated(shadow(99))).toBe(shadow(99));
});

test('the scripts that end configuration and make the initramfs are given the time of the packages', () => {
  const plan = planOf([], ['live-iso']);
  const argvOf = (stage: string, id: string) => stepsOf(plan, stage).find((step) => step.id === id)?.argv ?? [];
  const start = ['sh', '-euc', 'time=$(cat "$0"); exec "$@" "$time"', '${root-tree}/made-at'];
  for (const argv of [argvOf('configure', 'forget'), argvOf('initramfs', 'dracut')])
    expect(argv.slice(0, 4)).toEqual(start);
  expect(argvOf('initramfs', 'dracut').at(-2)).toMatch(/^export SOURCE_DATE_EPOCH="\$1"\n/m);
  expect(stepsOf(plan, 'configure').find((step) => step.id === 'forget')?.stdin).toContain(shadowDays);
});
