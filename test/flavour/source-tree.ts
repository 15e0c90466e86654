import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Diagnostic } from '../../scripts/diagnostic/index.ts';
import { type Resolution, resolveFlavour } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';

export const BASE = `base: test-1
summary: a base for tests
family: deb
release: test
kickstartVersion: F44
initramfs: dracut
repositories:
  - id: main
    baseurl: http://mirror.example/debian
    suite: test
    components: [main]
defaults:
  lang: C.UTF-8
  keyboard: us
  timezone: Etc/UTC
  hostname: host
names:
  packages:
    shell: bash
    tools: [tool-a, tool-b]
    built-in: []
    selinux-labels: []
    absent: { missing: "nobody packaged it" }
  units:
    login: getty@tty1.service
    pair: [one.socket, two.socket]
    gone: { missing: "no such daemon" }
  paths:
    rules: /etc/rules.conf
`;

const FLAVOUR = `flavour: small
summary: a flavour for tests
base: test-1
components: [core]
`;

const CORE = `component: core
summary: the core of tests
packages: [shell]
units:
  - enable: login
    reason: somebody must log in
`;

/** A flavour `small` of a component `core` on a base `test-1`, as files by path; what is given replaces or joins them. */
export function sourceTree(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), 'phyllome-flavour-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const all = {
    'bases/test-1.yaml': BASE,
    'flavours/small.yaml': FLAVOUR,
    'overlays/core/component.yaml': CORE,
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (name.endsWith('.sh')) chmodSync(file, 0o755);
  }
  return root;
}

export function resolveIn(root: string, name = 'small', base?: string): Resolution {
  return resolveFlavour({ name, directories: [userDirectory(root, '')], ...(base ? { base } : {}) });
}

/** The only finding, as one line: `code file:line:column message`, with its hint. */
export function onlyFinding({ diagnostics }: Resolution): string {
  if (diagnostics.length !== 1) throw new Error(`expected one finding: ${JSON.stringify(diagnostics, null, 2)}`);
  return diagnostics.map(asLine).join('');
}

export function asLine({ code, message, span, hint }: Diagnostic): string {
  const place = span ? `${span.file}:${span.start.line}:${span.start.column}` : 'nowhere';
  return `${code} ${place} ${message}${hint ? ` (${hint})` : ''}`;
}
