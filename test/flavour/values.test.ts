import { expect, test } from 'vitest';
import type { Diagnostic } from '../../scripts/diagnostic/index.ts';
import { resolveIn, sourceTree, asLine as withColumn } from './source-tree.ts';

const asLine = ({ hint: _hint, ...finding }: Diagnostic) => withColumn(finding).replace(/(?<=yaml:\d+):\d+/, '');

const flavour = (...lines: string[]) =>
  ['flavour: small', 'summary: small', 'base: test-1', 'components: [core]', ...lines, ''].join('\n');
const findings = (...lines: string[]) =>
  resolveIn(sourceTree({ 'flavours/small.yaml': flavour(...lines) })).diagnostics.map(asLine);

test.each([
  ['Europe/Berlinn', 'unknown-time-zone flavours/small.yaml:5 there is no time zone `Europe/Berlinn`', 'Europe/Berlin'],
  ['europe/berlin', 'unknown-time-zone flavours/small.yaml:5 there is no time zone `europe/berlin`', 'Europe/Berlin'],
  ['GMT+5', 'unknown-time-zone flavours/small.yaml:5 there is no time zone `GMT+5`', undefined],
])('the time zone %s is none', (zone, message, slip) => {
  const root = sourceTree({ 'flavours/small.yaml': flavour(`system: {timezone: ${zone}}`) });
  const [finding] = resolveIn(root).diagnostics;
  expect(finding && asLine(finding)).toBe(message);
  expect(finding?.hint).toContain(slip === undefined ? 'such as `Europe/Berlin`' : `did you mean \`${slip}\`?`);
});

test.each([
  'Europe/Berlin',
  'US/Pacific',
  'Etc/GMT+5',
  'Etc/UTC',
  'UTC',
  'Europe/Kyiv',
  'Asia/Calcutta',
  'America/Argentina/Ushuaia',
])('the time zone %s is one', (zone) => expect(findings(`system: {timezone: ${zone}}`)).toEqual([]));

test.each([
  ['xq_DE.UTF-8', 'there is no language `xq` for the locale `xq_DE.UTF-8`'],
  ['EN_US.UTF-8', 'there is no language `EN` for the locale `EN_US.UTF-8`'],
  ['Deutschland', 'there is no language `Deutschland` for the locale `Deutschland`'],
  ['de_QQ.UTF-8', 'there is no country `QQ` for the locale `de_QQ.UTF-8`'],
  ['en_UK.UTF-8', 'there is no country `UK` for the locale `en_UK.UTF-8`'],
  ['de_DE.UTF8-x', 'there is no character set `UTF8-x` for the locale `de_DE.UTF8-x`'],
])('the locale %s is none', (locale, message) => {
  expect(findings(`system: {lang: ${locale}}`)).toEqual([`unknown-locale flavours/small.yaml:5 ${message}`]);
  expect(findings(`system: {languages: [${locale}]}`)).toEqual([`unknown-locale flavours/small.yaml:5 ${message}`]);
});

test('the country of the United Kingdom is told as its locales have it', () => {
  const root = sourceTree({ 'flavours/small.yaml': flavour('system: {lang: en_UK.UTF-8}') });
  expect(resolveIn(root).diagnostics[0]?.hint).toBe('did you mean `en_GB.UTF-8`?');
});

test.each([
  'de_DE.UTF-8',
  'en_GB',
  'sr_RS.UTF-8@latin',
  'hsb_DE.UTF-8',
  'agr_PE',
  'eo',
  'C.UTF-8',
  'POSIX',
  'ja_JP.EUC-JP',
  'de_DE@euro',
  'zh_HK.BIG5-HKSCS',
])('the locale %s is one', (locale) => expect(findings(`system: {lang: ${locale}}`)).toEqual([]));

test('a check that there is none of is told where it is asked for', () => {
  const root = sourceTree({ 'flavours/small.yaml': flavour('checks: [idle-memry]') });
  const [finding] = resolveIn(root).diagnostics;
  expect(finding && asLine(finding)).toBe(
    'wrong-value flavours/small.yaml:5 entry 1 of `checks` must be the name of a check: `phyllome checks` lists them',
  );
  expect(finding?.hint).toBe('did you mean `idle-memory`?');
});

const NETWORK = `component: core
summary: the core
options:
  address: {doc: the address, type: string, format: address-with-prefix, default: ""}
  gateway: {doc: the router, type: string, format: address, default: ""}
  nameServers: {doc: who knows names, type: list, format: address, default: []}
`;
const onNetwork = (options: string) =>
  resolveIn(
    sourceTree({
      'overlays/core/component.yaml': NETWORK,
      'flavours/small.yaml': flavour(`options: {core: {${options}}}`),
    }),
  ).diagnostics.map(asLine);

const PREFIXED = 'an IP address with the prefix length of its network, such as `192.0.2.10/24` or `2001:db8::10/64`';

test.each([
  ['address: 192.0.2.10/33', ` \`core.address\` must be ${PREFIXED}`],
  ['address: 192.0.2.10', ` \`core.address\` must be ${PREFIXED}`],
  ['address: 192.0.2.300/24', ` \`core.address\` must be ${PREFIXED}`],
  ['address: 192.0.2.10/0', ` \`core.address\` must be ${PREFIXED}`],
  ['gateway: 192.0.2', ' `core.gateway` must be an IP address, such as `192.0.2.1` or `2001:db8::1`'],
  ['gateway: "fe80::1%eth0"', ' `core.gateway` must be an IP address, such as `192.0.2.1` or `2001:db8::1`'],
  [
    'nameServers: [9.9.9.9, ""]',
    ' `core.nameServers` must be a list, each entry an IP address, such as `192.0.2.1` or `2001:db8::1`',
  ],
])('%s is no address', (option, message) => {
  expect(onNetwork(option)).toEqual([`wrong-option flavours/small.yaml:5${message}`]);
});

test.each([
  [
    'address: 192.0.2.0/24',
    "no-host-address flavours/small.yaml:5 no host can have the address `192.0.2.0/24`: it is the network's own, or everybody's on it",
  ],
  [
    'address: 192.0.2.255/24',
    "no-host-address flavours/small.yaml:5 no host can have the address `192.0.2.255/24`: it is the network's own, or everybody's on it",
  ],
  [
    'address: 192.0.2.10/24, gateway: 192.0.3.1',
    'gateway-elsewhere flavours/small.yaml:5 the gateway `192.0.3.1` is not on the network of `192.0.2.10/24`: it could not be reached',
  ],
  [
    'address: 192.0.2.10/24, gateway: "fe80::1"',
    'gateway-elsewhere flavours/small.yaml:5 the gateway `fe80::1` is not on the network of `192.0.2.10/24`: it could not be reached',
  ],
])('%s cannot work', (options, message) => {
  expect(onNetwork(options)).toEqual([message]);
});

test.each([
  'address: 192.0.2.10/24, gateway: 192.0.2.1, nameServers: [192.0.2.1, "2001:db8::53"]',
  'address: 192.0.2.10/31, gateway: 192.0.2.11',
  'address: "2001:db8::10/64", gateway: "fe80::1"',
  'address: "2001:db8::10/64", gateway: "2001:db8::1"',
  'address: ""',
])('%s can', (options) => {
  expect(onNetwork(options)).toEqual([]);
});

test('a pattern that would try forever is given up', () => {
  const component =
    'component: core\nsummary: the core\noptions:\n  it: {doc: any of it, type: string, pattern: "(a+)+", default: a}\n';
  const given = (text: string) =>
    resolveIn(
      sourceTree({
        'overlays/core/component.yaml': component,
        'flavours/small.yaml': flavour(`options: {core: {it: ${text}}}`),
      }),
    ).diagnostics.map(asLine);
  expect(given('aaa')).toEqual([]);
  expect(given(`${'a'.repeat(60)}b`)).toEqual([
    'wrong-option flavours/small.yaml:5 `core.it` must be text that its pattern /(a+)+/ can be compared with: it repeats what repeats',
  ]);
});
