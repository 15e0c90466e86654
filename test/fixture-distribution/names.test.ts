import { describe, expect, test } from 'vitest';
import { findPlaces } from '../../scripts/places/index.ts';
import { renderOne } from '../../scripts/prepare/index.ts';
import { compsFile, groupIds, namesInComps } from './comps.ts';
import { debianNames } from './debian-names.ts';
import { packagesIn } from './kickstart-packages.ts';
import { rpmNameOf, rpmNames } from './names.ts';
import { ownFiles, writeOwnFiles } from './own-files.ts';
import { ownPackages } from './own-packages.ts';
import { splitNames } from './places.ts';

const asked = [...debianNames.nano, ...debianNames.headless].map(rpmNameOf);
const known = new Set([...asked, ...rpmNames, ...splitNames, ...ownPackages.map(({ name }) => name)]);

describe.each(['nano', 'headless'])('what %s names on Fedora', (name) => {
  const { packages, without } = packagesIn(
    renderOne(name, { base: 'fedora-44' }, { places: findPlaces() }).rendered.kickstart,
  );

  test('is in the fixture distribution', () => {
    expect(packages.length).toBeGreaterThan(25);
    expect(packages.filter((one) => !known.has(one))).toEqual([]);
  });

  test('is left out of what is there', () => {
    expect(without.length).toBeGreaterThan(3);
    const groups = without.filter((one) => one.startsWith('@')).map((one) => one.slice(1));
    expect(groups.filter((one) => !groupIds.includes(one))).toEqual([]);
  });
});

test('groups name packages that are there', () => {
  expect(namesInComps.filter((name) => !known.has(name))).toEqual([]);
  expect(compsFile()).toContain('<packagereq type="default">dnf5</packagereq>');
  expect(compsFile()).toContain('<id>minimal-environment</id>');
});

test('packages with files of the fixture are there', () => {
  expect([...ownFiles().keys()].filter((name) => !known.has(name))).toEqual([]);
});

test('files of the fixture say what they are of, and are written as they are', () => {
  const files = ownFiles();
  expect(files.get('generic-release-common')?.get('/usr/lib/os-release')).toMatch(
    /^NAME="Phyllome test fixture"\n(?:.*\n)*ID=fedora\nVERSION_ID=44\n(?:.*\n)*PRETTY_NAME=".*test fixture/,
  );
  expect(files.get('libvirt-daemon-driver-nodedev')?.get('/usr/lib/systemd/system/virtnodedevd-ro.socket')).toContain(
    'ListenStream=/run/libvirt/virtnodedevd-sock-ro\n',
  );
  expect(writeOwnFiles(new Map([['a', new Map([['/etc/x', 'EOF\n$HOME\n']])]]))).toBe(
    "mkdir -p 'a/etc'\ncat > 'a/etc/x' <<'EOF_2'\nEOF\n$HOME\nEOF_2\n",
  );
});
