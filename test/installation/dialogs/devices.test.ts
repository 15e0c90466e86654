import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type KnownComputer, readProbe } from '../../../scripts/hardware/index.ts';
import { around, findingsOf, medium, press, simple } from './pressed.ts';
import { esc, type Key } from './scripted-screen.ts';

/** As a profile of that desktop would describe it. */
const known: KnownComputer = {
  name: 'that-desktop',
  summary: 'that desktop',
  names: { vendor: 'GIGABYTE technology co., Ltd.', product: 'X570 AORUS PRO WIFI' },
  guests: [{ slot: '0000:00:03.1/00' }, { id: '10ec:8161' }, { address: '0000:ff:00.0' }],
  settings: ['SVM Mode: Enabled, as guests need it'],
};

function at(
  name: string,
  components: readonly string[] = ['base', 'sudo-by-key', 'vfio'],
  computers = [] as readonly KnownComputer[],
) {
  const text = readFileSync(new URL(`../../hardware/dumps/${name}.txt`, import.meta.url), 'utf8');
  return around({ medium: { ...medium, components, computers }, dump: () => readProbe(name, text).dump });
}

const before = simple.slice(0, 8);
const after = simple.slice(8);
const cards: readonly Key[] = ['0000:0b:00.0', true, '0000:07:00.0', true];

test('what is chosen is for guests from the start on, and the installer takes that', () => {
  const here = at('desktop-amd-two-cards');
  const { asked, lines, screen } = press([...before, ...cards, 'done', ...after], here);
  expect(lines).toContain('bootloader --append=vfio-pci.ids=10de:1b06,10de:10ef,10ec:8161');
  expect(asked.kind === 'install' && findingsOf(asked.answers, here)).toEqual([]);
  const summary = screen.shown.find(({ title }) => title === 'Summary')?.text ?? '';
  expect(summary).toContain(
    'For guests     NVIDIA graphics 10de:1b06 with its sound\n               Realtek network 10ec:8161\n',
  );
  const menus = screen.shown.filter(({ title, kind }) => title === 'Devices' && kind === 'menu');
  expect(menus.at(-1)?.items.slice(0, 3)).toEqual([
    'done Go on with 2 devices for guests',
    '0000:0b:00.0 [*] NVIDIA graphics 10de:1b06 with its sound (0b:00.0)',
    '0000:0c:00.0 [ ] NVIDIA graphics 10de:128b with its sound (0c:00.0)',
  ]);
});

test('the price is told before it is paid, and can be refused', () => {
  const { lines, screen } = press(
    [...before, '0000:0c:00.0', false, '0000:0c:00.0', esc, 'done', ...after],
    at('desktop-amd-two-cards'),
  );
  expect(lines.filter((line) => line.startsWith('bootloader'))).toEqual([]);
  const told = screen.shown.filter(({ title, kind }) => title === 'Devices' && kind === 'tell').map(({ text }) => text);
  expect(told[0]).toMatch(/^NVIDIA graphics .*\n\nWhat it costs:\n- the host draws on it/);
});

test('what stays with the host is told, too', () => {
  const { screen } = press([...before, 'staying', 'done', ...after], at('laptop-intel-nvidia'));
  const told = screen.shown.find(({ title, kind }) => title === 'Devices' && kind === 'tell')?.text;
  expect(told).toMatch(/^Intel SATA 8086:8c03\n- it shares IOMMU group 11 with what the host needs/);
});

test('going back to it has what was chosen, and the TPM’s argument is beside it', () => {
  const secret = 'open sesame';
  const keys = [...simple.slice(0, 4), true, secret, secret, true, ...simple.slice(5, 8)];
  const { lines } = press([...keys, ...cards, 'done', esc, 'done', ...after], at('desktop-amd-two-cards'));
  expect(lines).toContain(
    'bootloader "--append=rd.luks.options=tpm2-device=auto vfio-pci.ids=10de:1b06,10de:10ef,10ec:8161"',
  );
});

test('where nothing can be handed over, it is told what to change, and nothing where nothing can be', () => {
  const shown = (here: ReturnType<typeof at>) =>
    press(simple, here)
      .screen.shown.filter(({ title }) => title === 'Devices')
      .map(({ text }) => text);
  expect(shown(at('intel-without-vt-d'))).toEqual([expect.stringContaining('To change in the firmware:\n- ')]);
  expect(shown(at('desktop-amd-two-cards', ['base']))).toEqual([]);
  expect(shown(around({ medium: { ...medium, components: ['vfio'] } }))).toEqual([]);
});

test('what a profile of this very computer hands over is chosen to begin with, and can be unchosen', () => {
  const here = (name: string) => at(name, ['vfio'], [known]);
  const { lines, screen } = press(
    [...before, 'computer', '0000:07:00.0', false, 'done', esc, 'done', ...after],
    here('desktop-amd-two-cards'),
  );
  expect(lines).toContain('bootloader --append=vfio-pci.ids=10de:1b06,10de:10ef');
  const first = screen.shown.find(({ title }) => title === 'Devices');
  expect(first?.items[0]).toBe('done Go on with 2 devices for guests');
  const told = screen.shown.find(({ text }) => text.includes('hardware profile that-desktop'))?.text;
  expect(told).toContain('To be set in its firmware:\n- SVM Mode: Enabled, as guests need it');
  const elsewhere = press([...before, 'done', ...after], here('mini-pc')).screen.shown;
  expect(elsewhere.find(({ title }) => title === 'Devices')?.items[0]).toBe('done Go on: the host keeps all');
});

test('before the last screen or the last network card goes, it is asked once more', () => {
  const graphics = ['0000:0b:00.0', true, '0000:0c:00.0', true];
  const wired = ['0000:06:00.0', true, '0000:07:00.0', true];
  const keys: readonly Key[] = [
    ...before,
    ...graphics,
    'done',
    false,
    '0000:0c:00.0',
    false,
    ...wired,
    'done',
    esc,
    'done',
    true,
  ];
  const { screen } = press([...keys, ...after], at('desktop-amd-two-cards'));
  const asked = screen.shown.filter(({ text }) => text.includes('Go on all the same')).map(({ text }) => text);
  expect(asked).toEqual([
    expect.stringMatching(/^No graphics card stays with the host: .*\n\nGo on/),
    ...Array.from({ length: 2 }, () => 'No wired network card stays with the host.\n\nGo on all the same?'),
  ]);
});
