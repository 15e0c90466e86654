import { expect, test } from 'vitest';
import { renderFlavour } from '../../scripts/render/index.ts';
import { templates } from '../render/shipped.ts';
import { onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const COMPONENT = `component: core
summary: the core
options:
  names: {doc: who, type: list, default: [a, b]}
  mode: {doc: how, type: enum, values: [plain, loud], default: loud}
`;
const tree = (template: string, more: Record<string, string> = {}): string =>
  sourceTree({
    'overlays/core/component.yaml': COMPONENT,
    'overlays/core/rootfs/etc/greeting.hbs': template,
    ...more,
  });

const TEMPLATE = `# {{flavour.name}} on {{base.name}}, {{system.hostname}}
{{#each names}}
hello {{this}}
{{/each}}
{{#if (eq mode "loud")}}
LOUD & <clear>
{{/if}}
{{join names ","}} {{component.core.mode}}
`;

test('a template takes options and values, and each line knows the line that made it', () => {
  const { flavour, diagnostics } = resolveIn(tree(TEMPLATE));
  expect(diagnostics).toEqual([]);
  const [file] = flavour?.files ?? [];
  expect(file).toMatchObject({
    path: '/etc/greeting',
    source: 'overlays/core/rootfs/etc/greeting.hbs',
    content: { text: '# small on test-1, host\nhello a\nhello b\nLOUD & <clear>\na,b loud\n' },
  });
  expect(file?.lines?.slice(0, 5)).toEqual([1, 3, 3, 6, 8]);
});

test('the map of the kickstart leads into the template', () => {
  const { flavour } = resolveIn(tree(TEMPLATE));
  if (!flavour) throw new Error('the flavour is well-formed');
  const { kickstart, map } = renderFlavour(flavour, templates);
  const [source, line] = map.lines[kickstart.split('\n').indexOf('LOUD & <clear>')] ?? [];
  expect([map.sources[source ?? 0], line]).toEqual(['overlays/core/rootfs/etc/greeting.hbs', 6]);
});

test.each([
  [
    'one\n{{nmes}}\n',
    /^unknown-value overlays\/core\/rootfs\/etc\/greeting.hbs:2:1 the template names `nmes`, which there is not/,
  ],
  ['one\n\n{{#if mode}}\n', /^template-syntax overlays\/core\/rootfs\/etc\/greeting.hbs:\d:1 Parse error/],
])('a template that is wrong is told at its line: %j', (template, finding) => {
  expect(onlyFinding(resolveIn(tree(template)))).toMatch(finding);
});

test('scripts may be templates, and files have conditions, owners and SELinux types', () => {
  const root = tree('x\n', {
    'overlays/core/component.yaml': `${COMPONENT}files:
  - {path: /etc/greeting, owner: alice, mode: "0600", selinux: etc_t}
  - {path: /etc/quiet, source: quiet, when: {mode: plain}}
post:
  - {source: run.sh.hbs, reason: it must run}
`,
    'overlays/core/quiet': 'q\n',
    'overlays/core/run.sh.hbs': 'echo {{mode}}\n',
  });
  const { flavour } = resolveIn(root);
  expect(flavour?.files).toMatchObject([{ path: '/etc/greeting', owner: 'alice', mode: '0600', selinux: 'etc_t' }]);
  expect(flavour?.post).toMatchObject([{ text: 'echo loud\n' }]);
});

test('a component brings kickstart commands, and the own ones of the templates give way', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': `${COMPONENT}kickstart:
  - {command: "network --bootproto=static --ip=10.0.0.{{join names '.'}}", reason: a fixed address}
  - {command: bootloader --sdboot, reason: no GRUB}
`,
  });
  const { flavour } = resolveIn(root);
  if (!flavour) throw new Error('the flavour is well-formed');
  const { kickstart } = renderFlavour(flavour, templates);
  expect(kickstart.match(/^(?:network|bootloader).*$/gm)).toEqual([
    'network --bootproto=static --ip=10.0.0.a.b',
    'bootloader --sdboot',
  ]);
});

test('lists of a template can be cut to the entries that a pattern describes, and entries into their parts', () => {
  const template = '{{#each (only names "[a-m]=.*")}}\n{{part this "=" 0}} is {{part this "=" 1}}\n{{/each}}\nend\n';
  const flavour = 'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\n';
  const names = 'options: {core: {names: ["a=1", "z=2", "b=3"]}}\n';
  const { flavour: resolved } = resolveIn(tree(template, { 'flavours/small.yaml': flavour + names }));
  expect(resolved?.files[0]?.content).toEqual({ text: 'a is 1\nb is 3\nend\n' });
});

test.each([
  ['a group of values', 'hello\n{{flavour}}\n', 'flavour', 2],
  ['all options', '{{ options }}\n', 'options', 1],
  ['a component', 'a\n\n{{component.core}}\n', 'component.core', 3],
])('%s is no text: it is refused with its line', (_, template, name, line) => {
  const { diagnostics } = resolveIn(tree(template));
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({
    code: 'no-value',
    message: `the template prints \`${name}\`, which is no value`,
    span: { file: 'overlays/core/rootfs/etc/greeting.hbs', start: { line } },
    hint: expect.stringContaining(`\`${name}.`),
  });
});

test('in a kernel argument, too', () => {
  const component = `${COMPONENT}kernelArguments:\n  - argument: name={{flavour}}\n    reason: who it is\n`;
  const { diagnostics } = resolveIn(tree('x\n', { 'overlays/core/component.yaml': component }));
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({
    code: 'no-value',
    span: { file: 'overlays/core/component.yaml', start: { line: 7 } },
    hint: 'it holds `flavour.name`, `flavour.title`, `flavour.summary`',
  });
});
