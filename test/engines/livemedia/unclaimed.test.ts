import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { publishInstalled } from '../../../scripts/engines/anaconda/index.ts';
import type { Prepared } from '../../../scripts/prepare/index.ts';
import { scratchDirectory } from '../../commands/recording-context.ts';
import { resolveShipped } from '../../render/shipped.ts';
import { kickstartModel } from './fixtures.ts';
import type { TreeChanges } from './installed-tree.ts';
import { look, nano } from './look-at.ts';

/** What Fedora's presets start in the smallest system: unit, its state, its package. */
const ofFedora = [
  ['selinux-autorelabel-mark.service', 'enabled', 'policycoreutils'],
  ['rpmdb-rebuild.service', 'enabled', 'rpm'],
  ['fips-crypto-policy-overlay.service', 'enabled', 'crypto-policies'],
  ['dbus.socket', 'enabled', 'dbus-common'],
  ['getty@.service', 'enabled', 'systemd'],
  ['auditd.service', 'disabled', 'audit'],
] as const;

/** A tree of nano in which these are as well. */
function treeWith(more: readonly (readonly [string, string, string])[], sessions = ''): TreeChanges {
  const all = [...ofFedora, ...more];
  return {
    'usr/lib/systemd/units': (good) => good + all.map(([unit, state]) => `${unit} ${state} enabled\n`).join(''),
    'usr/lib/systemd/user-units': `grub-boot-success.timer enabled enabled\n${sessions}`,
    'usr/lib/sysimage/rpm/files': [
      ...all.map(([unit, , owner]) => `${owner}\t/usr/lib/systemd/system/${unit}\n`),
      'grub2-tools\t/usr/lib/systemd/user/grub-boot-success.timer\n',
      'pipewire\t/usr/lib/systemd/user/pipewire.socket\n',
    ].join(''),
  };
}

/** Publishes an image of nano with the tree; answers what it is refused for. */
function publish(changes: TreeChanges, output: 'live-iso' | 'tar' | 'pxe' = 'live-iso') {
  const buildDirectory = scratchDirectory();
  const flavour = resolveShipped('nano', 'fedora-44');
  for (const name of ['nano.iso', 'SHA256SUMS']) writeFileSync(path.join(buildDirectory, name), 'x');
  const prepared: Prepared = {
    flavour,
    rendered: nano,
    buildDirectory,
    kickstartFile: 'nano.ks',
    imageName: 'nano',
    warnings: [],
  };
  const messages = messagesOf(() =>
    publishInstalled({
      flavour: 'nano',
      prepared,
      model: kickstartModel(nano.kickstart),
      output,
      ...(output === 'live-iso' && { kind: output }),
      sums: [{ file: 'nano.iso', sha256: '0'.repeat(64) }],
      logs: [],
      found: look(changes).found,
    }),
  );
  const there = ['manifest.json', 'SHA256SUMS'].map((name) => existsSync(path.join(buildDirectory, name)));
  expect(there[0]).toBe(there[1]);
  return { messages, hasManifest: there[0] };
}

function messagesOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    const { diagnostics } = error as { readonly diagnostics: readonly { message: string; hint?: string }[] };
    return diagnostics.map(({ message, hint }) => `${message} | ${hint}`);
  }
}

test('what Fedora itself starts in every system refuses no image', () => {
  expect(publish(treeWith([]))).toEqual({ messages: [], hasManifest: true });
});

test('what else starts refuses it, with package and advice, and there is no manifest', () => {
  const { messages, hasManifest } = publish(
    treeWith([['prometheus-node-exporter.service', 'enabled', 'node-exporter']], 'pipewire.socket enabled enabled\n'),
  );
  expect(hasManifest).toBe(false);
  expect(messages).toEqual([
    expect.stringMatching(
      /^`prometheus-node-exporter\.service` of the package node-exporter starts with the system, and no component says so \| .*`units:`, enabled, disabled or masked, and why.*presets/,
    ),
    expect.stringMatching(/^`pipewire\.socket` of the package pipewire starts with each session/),
  ]);
});

test.each(['tar', 'pxe'] as const)('what no firmware starts, a %s, is asked the same', (output) => {
  const asked = (changes: TreeChanges) => publish(changes, output).messages;
  expect(asked(treeWith([]))).toEqual([]);
  expect(asked(treeWith([['cups.socket', 'enabled', 'cups']]))).toEqual([
    expect.stringContaining('`cups.socket` of the package cups starts with the system'),
  ]);
  const unkept = (good: string) => good.replace(/^fstrim\.timer enabled/m, 'fstrim.timer disabled');
  expect(asked({ 'usr/lib/systemd/units': unkept })).toEqual([
    expect.stringContaining('`fstrim.timer` is disabled in the built tree'),
  ]);
});
