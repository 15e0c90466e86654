import { expect, test } from 'vitest';
import { leftUndone, notInForce } from '../../../scripts/engines/livemedia/not-in-force.ts';
import { OUTPUTS, outputKinds } from '../../../scripts/engines/livemedia/output.ts';
import { kickstartModel, smallKickstart } from './fixtures.ts';

const said = (lines: string, output: (typeof OUTPUTS)[number] = 'iso') =>
  notInForce(kickstartModel(`${lines}\n`), output).map(({ message, span }) => `${span?.start.line} ${message}`);

test('what we render loses nothing', () => {
  for (const output of OUTPUTS) expect(notInForce(kickstartModel(smallKickstart), output)).toEqual([]);
});

test.each([
  ['zerombr', '1 livemedia-creator loses zerombr for iso: there are no partitions'],
  ['autopart', '1 livemedia-creator loses autopart for iso: there are no partitions'],
  ['part / --size=9 --grow', '1 livemedia-creator loses --grow of part for iso: there are no partitions'],
  ['part / --size=9 --label=a', '1 livemedia-creator loses --label of part for iso: there are no partitions'],
  [
    'bootloader --append=a --timeout=9',
    "1 livemedia-creator loses --timeout of bootloader for iso: no boot loader is installed, and the medium's menu is its own",
  ],
  [
    'network --bootproto=static --ip=10.0.0.2',
    '1 livemedia-creator loses --ip of network for iso: no configuration of the network is written',
  ],
])('%s', (line, message) => {
  expect(said(line)).toEqual([message]);
  // On a disk Anaconda does all of it, but for the network: that of the builder is none that could be copied.
  for (const output of OUTPUTS.filter((one) => outputKinds[one].isDisk))
    expect(said(line, output)).toEqual(line.startsWith('network') ? [message.replace('iso', output)] : []);
});

test('each option that something else takes is accepted, and says by whom', () => {
  for (const { commands, taken } of leftUndone)
    for (const [option, why] of Object.entries(taken)) {
      expect(why).toMatch(/\w{3} \w+/);
      for (const command of commands)
        expect(said(`${command} ${command.startsWith('part') ? '/ ' : ''}${option}=1`)).toEqual([]);
    }
});

test('a command is in the table once', () => {
  const all = leftUndone.flatMap(({ commands }) => commands);
  expect(new Set(all).size).toBe(all.length);
});
