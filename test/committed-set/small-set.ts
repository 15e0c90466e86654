import { type FreshSet, type Rendered, writeSet } from '../../scripts/committed-set/index.ts';
import { resolveAll } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { renderFlavour } from '../../scripts/render/index.ts';
import { sourceTree } from '../flavour/source-tree.ts';
import { templates } from '../render/shipped.ts';

type Files = Readonly<Record<string, string>>;

/** A second base, which has a name of its own for one package and one path. */
const OTHER_BASE = `base: test-2
summary: another
extends: test-1
release: other
names:
  packages:
    shell: other-bash
`;

const CORE = `component: core
summary: the core of tests
packages: [shell, tools]
units:
  - {disable: login, reason: nobody logs in}
  - {enable: pair, reason: both}
kernelArguments:
  - {argument: quiet, reason: silence}
  - {argument: console=tty0, reason: a screen}
files:
  - {path: /etc/motd, mode: "0644", reason: for people}
post:
  - {source: last.sh, reason: it has to be}
links:
  - {path: /etc/link, target: motd, reason: an example}
`;

const EXTRA = `component: extra
summary: more than the core
packages: [built-in]
`;

/** `small` and `large`, which extends it and has a variant `large-loud`, on two bases; what is given replaces or joins them. */
const small: Files = {
  'bases/test-2.yaml': OTHER_BASE,
  'overlays/core/component.yaml': CORE,
  'overlays/core/rootfs/etc/motd': 'welcome\n',
  'overlays/core/rootfs/etc/greeting.hbs': '# a greeting\nhello from {{flavour.name}}\n',
  'overlays/core/last.sh': 'true\necho done\n',
  'overlays/extra/component.yaml': EXTRA,
  'flavours/small.yaml': `flavour: small
summary: a flavour for tests
base: test-1
components: [core]
users: [{name: ada, gecos: Ada, groups: [wheel]}]
`,
  'flavours/large.yaml': `flavour: large
summary: more of it
extends: small
components: [extra]
matrix: {axes: {noise: {doc: how loud, optional: true, values: {loud: {summary: loud, kernelArguments: [{argument: debug, reason: noise}]}}}}}
`,
};

const kickstartsOf = (files: Files): readonly Rendered[] => {
  const root = sourceTree({ ...small, ...files });
  return [...resolveAll([userDirectory(root, '')])].map(({ name, base, flavour, diagnostics }) => {
    if (!flavour) throw new Error(`${name} on ${base}: ${JSON.stringify(diagnostics)}`);
    return { flavour, purpose: 'live', kickstart: renderFlavour(flavour, templates).kickstart };
  });
};

/** What is to be committed of the small tree with some files changed. */
export function setOf(files: Files = {}): FreshSet {
  return writeSet(kickstartsOf(files));
}

/** The small tree's file with a text replaced. */
export function edited(file: string, from: string, to: string): Files {
  const text = small[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { [file]: text.replace(from, to) };
}
