import { expect, test } from 'vitest';
import { bootSector, bootSectorGreeting } from '../../scripts/scenarios/boot-sector.ts';

test('it is one sector with the mark that a BIOS looks for', () => {
  const sector = bootSector();
  expect(sector.length).toBe(512);
  expect([...sector.subarray(510)]).toEqual([0x55, 0xaa]);
  expect(sector.includes(`${bootSectorGreeting}\0`)).toBe(true);
});

test('its calls reach the routine that prints, and its texts are where it looks for them', () => {
  const sector = bootSector();
  const origin = 0x7c00;
  const calls: { readonly text: number; readonly target: number }[] = [];
  for (let at = 0; at < 64; at++) {
    // mov si, TEXT; call TARGET
    if (sector[at] !== 0xbe || sector[at + 3] !== 0xe8) continue;
    calls.push({ text: sector.readUInt16LE(at + 1), target: at + 6 + sector.readInt16LE(at + 4) });
  }
  expect(calls).toHaveLength(3);
  // lodsb; test al, al
  for (const { target } of calls) expect([...sector.subarray(target, target + 3)]).toEqual([0xac, 0x84, 0xc0]);
  const textAt = (address: number) => sector.subarray(address - origin, sector.indexOf(0, address - origin)).toString();
  expect(textAt(calls[0]?.text ?? 0)).toBe(bootSectorGreeting);
  expect(textAt(calls[2]?.text ?? 0)).toBe('\r\n');
});
