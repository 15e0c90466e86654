import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { guestOptions, madeUpHost } from '../../scripts/checks/guest-options.ts';
import { GuestHost } from '../guests/guest-program.ts';

/** What has no part in the domain, or is asked elsewhere: a guest of a session by the scenario `nested-guest`. */
const elsewhere = ['--session', '--no-start', '--autostart', '--dry-run'];

test('every option that puts something into a domain is in one of the guests', () => {
  const { stdout } = new GuestHost().run(['--help']);
  const all = [...new Set(stdout.match(/--[a-z][a-z-]+/g))].filter((option) => option !== '--help');
  expect(all).toContain('--network-config');
  const asked = new Set(guestOptions.flatMap(({ words }) => words.match(/--[a-z-]+/g)));
  expect(all.filter((option) => !asked.has(option) && !elsewhere.includes(option))).toEqual([]);
});

/** The domain of each guest, made on the host that the check describes. */
function domainOf(name: string): string {
  const host = new GuestHost();
  const options = guestOptions.find((guest) => guest.name === name);
  execFileSync('sh', ['-euc', madeUpHost], { env: { ...process.env, place: host.place } });
  const words = options?.words.replaceAll('$place', host.place).split(' ') ?? [];
  return host.domain(...words);
}

test.each([
  ['cloud-image', /<page size='2' unit='MiB'\/>/],
  ['cloud-image', /<vcpupin vcpu='2' cpuset='3'\/>/],
  ['cloud-image', /<product id='0xc52b'\/><address bus='1' device='7'\/>/],
  ['cloud-image', /<product id='0xc077'\/><\/source>/],
  ['cloud-image', /<source file='[^']*-seed\.iso'\/>/],
  ['cloud-image', /<source network='default'\/>[\s\S]*<source bridge='virbr0'\/>/],
  ['cloud-image', /<log file='[^']*' append='off'\/>/],
  ['cloud-key', /<page size='1' unit='GiB'\/>[\s\S]*<source type='memfd'\/>/],
  ['cloud-key', /<driver type='virtiofs'\/>/],
  ['kickstart', /<address domain='0x0000' bus='0x01' slot='0x00' function='0x1'\/>/],
  ['kickstart', /<address domain='0x0000' bus='0x02' slot='0x00' function='0x0'\/>/],
  ['windows-by-hand', /<domain type='qemu'>[\s\S]*grab='all'/],
])('the domain of %s has %s', (name, element) => {
  expect(domainOf(name)).toMatch(element);
});
