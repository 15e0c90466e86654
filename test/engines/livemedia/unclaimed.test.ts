import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { publishInstalled, refuseDifferent } from '../../../scripts/engines/anaconda/index.ts';
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

/** Publishes an ISO of nano with the tree; answers what it is refused for. */
function publish(changes: TreeChanges) {
  const buildDirectory = scratchDirectory();
  const flavour = resolveShipped('nano', 'fedora-44');
  writeFileSync(path.join(buildDirectory, 'nano.iso'), 'x');
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
      output: 'live-iso',
      kind: 'live-iso',
      fileName: 'nano.iso',
      sha256: '0'.repeat(64),
      logs: [],
      facts: look(changes).facts,
    }),
  );
  return { messages, hasManifest: existsSync(path.join(buildDirectory, 'manifest.json')) };
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

test('an image without a manifest, of a tar or for a network boot, is asked the same', () => {
  const model = kickstartModel(nano.kickstart);
  const asked = (changes: TreeChanges) => messagesOf(() => refuseDifferent(model, nano.map, look(changes).facts));
  expect(asked(treeWith([]))).toEqual([]);
  expect(asked(treeWith([['cups.socket', 'enabled', 'cups']]))).toEqual([
    expect.stringContaining('`cups.socket` of the package cups starts with the system'),
  ]);
  const unkept = (good: string) => good.replace(/^fstrim\.timer enabled/m, 'fstrim.timer disabled');
  expect(asked({ 'usr/lib/systemd/units': unkept })).toEqual([
    expect.stringContaining('`fstrim.timer` is disabled in the built tree'),
  ]);
});
