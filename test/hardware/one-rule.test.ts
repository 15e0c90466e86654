import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cardsOf, isGraphics } from '../../scripts/hardware/cards.ts';
import { type Dump, slotOf } from '../../scripts/hardware/dump.ts';
import { judge, readDump, startingProfile } from '../../scripts/hardware/index.ts';
import { checkout } from '../render/shipped.ts';
import { type FakeDevice, fakeSysfs } from './fake-sysfs.ts';

/** What a graphics card is must be the same for the verdict, the profile, the hand-over at boot and `phyllome-guest`. */

const overlays = path.join(checkout, 'overlays');
const library = path.join(overlays, 'graphics-cards/rootfs/usr/lib/phyllome');
const folder = path.join(checkout, 'test/hardware/dumps');

/** Cards that no dump has, in the form of a dump's lines. */
const made: Readonly<Record<string, string>> = {
  'a card with USB-C': `0000:00:01.0 id=8086:460d class=060400 driver=pcieport
0000:01:00.0 id=10de:1e04 class=030000 behind=0000:00:01.0
0000:01:00.1 id=10de:10f7 class=040300 behind=0000:00:01.0
0000:01:00.2 id=10de:1ad6 class=0c0330 behind=0000:00:01.0
0000:01:00.3 id=10de:1ad7 class=0c8000 behind=0000:00:01.0`,
  'two heads, the sound of another maker': `0000:00:01.0 id=8086:460d class=060400 driver=pcieport
0000:01:00.0 id=1002:5b60 class=030000 behind=0000:00:01.0
0000:01:00.1 id=1002:5b70 class=038000 behind=0000:00:01.0
0000:00:01.1 id=8086:460d class=060400 driver=pcieport
0000:02:00.0 id=10de:2684 class=030000 behind=0000:00:01.1
0000:02:00.1 id=1102:0012 class=040300 behind=0000:00:01.1
0000:02:00.2 id=1102:0013 class=0c0330 behind=0000:00:01.1`,
  'virtual functions of graphics': `0000:00:01.0 id=8086:460d class=060400 driver=pcieport
0000:03:00.0 id=8086:56c0 class=038000 behind=0000:00:01.0 virtual-functions=2/31
0000:03:00.1 id=8086:56c0 class=038000 behind=0000:00:01.0 virtual-function
0000:03:00.2 id=8086:56c0 class=038000 behind=0000:00:01.0 virtual-function`,
};

const dumps: readonly (readonly [string, Dump])[] = [
  ...readdirSync(folder).map((name) => [name, read(name, readFileSync(path.join(folder, name), 'utf8'))] as const),
  ...Object.entries(made).map(
    ([name, lines]) =>
      [name, read(name, `phyllome hardware dump 1\n\n[iommu]\ngroups = 1\n\n[pci]\n${lines}\n`)] as const,
  ),
];

function read(name: string, text: string): Dump {
  const { dump, diagnostics } = readDump(name, text);
  if (!dump) throw new Error(`${name}: ${diagnostics[0]?.message}`);
  return dump;
}

/** The machine of a dump as a directory like /sys. Every function is in a group, as else none may be handed over. */
function sysfsOf({ functions }: Dump): string {
  const wayTo = (address: string): string => {
    const behind = functions.find((one) => one.address === address)?.behind;
    return behind === undefined ? address : `${wayTo(behind)}/${address}`;
  };
  const devices = functions.map(({ address, id, class: kind, isVirtualFunction }): FakeDevice => {
    return {
      path: wayTo(address),
      id,
      class: kind,
      group: 1,
      files: isVirtualFunction ? { 'physfn/class': '0x038000' } : {},
    };
  });
  return fakeSysfs(devices);
}

function handedOver(line: string, sys: string, addresses: readonly string[]): readonly string[] {
  mkdirSync(path.join(sys, 'bin'), { recursive: true });
  writeFileSync(path.join(sys, 'bin/modprobe'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(path.join(sys, 'list'), `${line}\n`);
  const { status } = spawnSync('sh', [path.join(overlays, 'vfio/rootfs/usr/libexec/phyllome-hand-over')], {
    env: {
      PATH: `${path.join(sys, 'bin')}:/usr/bin:/bin`,
      PHYLLOME_SYS: sys,
      PHYLLOME_HAND_OVER: path.join(sys, 'list'),
      PHYLLOME_LOG: path.join(sys, 'log'),
      PHYLLOME_LIBRARY: library,
    },
  });
  expect(status).toBe(0);
  const override = (address: string) => path.join(sys, 'bus/pci/devices', address, 'driver_override');
  return addresses.filter((address) => readFileSync(override(address), 'utf8') === 'vfio-pci\n');
}

function guestFunctions(address: string, sys: string): readonly string[] {
  const script = `set -eu
root=$1 newline='
'
. "$2/graphics-card.sh"
. "$3/devices.sh"
complain() { echo "$1" >&2; exit 2; }
gpus="$4$newline"
print_gpus`;
  const guest = path.join(overlays, 'guests/rootfs/usr/lib/phyllome/guest');
  // print_gpus looks below $root/sys.
  mkdirSync(path.join(sys, 'host'));
  spawnSync('ln', ['-s', sys, path.join(sys, 'host/sys')]);
  const { stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', path.join(sys, 'host'), library, guest, address], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const source = /<source><address domain='0x(\w+)' bus='0x(\w+)' slot='0x(\w+)' function='0x(\w)'\/>/g;
  return [...stdout.matchAll(source)].map(([, domain, bus, slot, one]) => `${domain}:${bus}:${slot}.${one}`);
}

const graphics = dumps.flatMap(([name, dump]) =>
  cardsOf(dump)
    .filter(({ main }) => isGraphics(main))
    .map((card) => ({ name, dump, card })),
);

test('there are cards that are all of their slot, and such that are not', () => {
  const isWhole = graphics.map(({ dump, card }) =>
    dump.functions.every((one) => slotOf(one.address) !== slotOf(card.main.address) || card.functions.includes(one)),
  );
  expect(isWhole).toContain(true);
  expect(isWhole).toContain(false);
});

describe.each(graphics)('$name, $card.main.address', ({ dump, card }) => {
  const wanted = card.functions.map(({ address }) => address);
  const addresses = dump.functions.map(({ address }) => address);
  const isFirst = card.main.address.endsWith('.0');

  test('a guest gets what the verdict calls the card', () => {
    expect(guestFunctions(card.main.address, sysfsOf(dump))).toEqual(wanted);
  });

  test.runIf(isFirst)('so does vfio-pci at boot, by the slot', () => {
    const slot = slotOf(card.main.address);
    expect(handedOver(`${slot}.*=class:03`, sysfsOf(dump), addresses)).toEqual(wanted);
    if (card.main.behind !== undefined) {
      const way = `${card.main.behind}/${slot.slice(slot.lastIndexOf(':') + 1)}`;
      expect(handedOver(`${way}.*`, sysfsOf(dump), addresses)).toEqual(wanted);
    }
  });

  test('and by the profile that `--write` makes', () => {
    const verdict = { ...judge(dump), cards: judge({ ...dump, iommu: { groups: '1' } }).cards };
    const text = startingProfile('computer', dump, verdict, 'schema');
    const { devices } = parse(text) as { devices: readonly { address: string; id: string; kind: string }[] };
    const own = devices.filter(({ address }) => {
      return wanted.some((one) => one === address || `${slotOf(one)}.*` === address);
    });
    const sys = sysfsOf(dump);
    const taken = own.flatMap(({ address, id }) => handedOver(`${address}=${id}`, sys, addresses));
    expect([...new Set(taken)].sort()).toEqual(wanted);
  });
});
