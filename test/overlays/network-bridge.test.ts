import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Resolution, resolveFlavour } from '../../scripts/flavour/index.ts';
import { sourceDirectories } from '../../scripts/places/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';

function bridgeWith(options: string): Resolution {
  const mine = scratchDirectory();
  mkdirSync(path.join(mine, 'flavours'));
  const flavour = `flavour: mine\nsummary: my own\nextends: headless\ncomponents: {add: [network-bridge]}\noptions: {network-bridge: ${options}}\n`;
  writeFileSync(path.join(mine, 'flavours/mine.yaml'), flavour);
  return resolveFlavour({ name: 'mine', directories: sourceDirectories(checkout, [mine]) });
}

test('the bridge has a static address where one is given', () => {
  const { flavour, diagnostics } = bridgeWith(
    '{address: 192.0.2.10/24, gateway: 192.0.2.1, nameServers: [192.0.2.1, "2001:db8::1"]}',
  );
  expect(diagnostics).toEqual([]);
  const file = flavour?.files.find((one) => one.path.endsWith('/20-phyllome-bridge.network'));
  expect(file?.content).toEqual({
    text: expect.stringContaining(
      '[Network]\nAddress=192.0.2.10/24\nGateway=192.0.2.1\nDNS=192.0.2.1\nDNS=2001:db8::1\nLLMNR=no\n',
    ),
  });
});

test.each([
  ['{gateway: 192.0.2.1}', 'refused-combination'],
  ['{address: 192.0.2.10}', 'wrong-option'],
  ['{hostOn: cards}', 'refused-combination'],
  ['{bridges: ["dmz=eno2"]}', 'refused-combination'],
  ['{cards: [eno2], hostOn: cards, address: 192.0.2.10/24}', 'refused-combination'],
  ['{gateway6: "2001:db8::1"}', 'refused-combination'],
  ['{address6: 192.0.2.10/24}', 'wrong-option'],
  ['{address6: "2001:db8::10/64", gateway6: "2001:db9::1"}', 'gateway-elsewhere'],
  ['{cards: [eno1.4095]}', 'wrong-vlan'],
  ['{mtu: 500}', 'wrong-option'],
  ['{cards: ["en*.20"]}', 'wrong-port'],
  ['{cards: [eno1], bridges: ["dmz=eno1"]}', 'port-twice'],
  ['{cards: ["en*"], bridges: ["dmz=eno1"]}', 'port-twice'],
  ['{cards: [eno1.20], bridges: ["dmz=eno1.20"]}', 'port-twice'],
  ['{cards: [eno1], bridges: ["bridged=eno2"]}', 'name-taken'],
  ['{cards: [eno1], bridges: ["br0=eno2"]}', 'name-taken'],
  ['{cards: [eno1], bridges: ["eno2=eno2"]}', 'name-taken'],
  ['{cards: [dmz], bridges: ["dmz=eno2"]}', 'name-taken'],
  ['{cards: [wlan0]}', 'wrong-port'],
  ['{cards: [eno1], bridges: ["dmz=wlp3s0"]}', 'wrong-port'],
  ['{cards: [bond0], bonds: ["bond0=eno1"]}', 'lonely-card'],
  ['{cards: [eno3], bonds: ["bond0=eno1,eno2"]}', 'idle-bond'],
  ['{cards: [bond0], bridges: ["dmz=eno1.20"], bonds: ["bond0=eno1,eno2"]}', 'bonded-card'],
  ['{cards: [eno1, eno2], spanningTree: "off"}', 'bridge-loop'],
  ['{cards: [eno1], bridges: ["dmz=eno1.20"], hostOn: dzm}', 'unknown-bridge'],
])('%s is refused', (options, code) => {
  expect(bridgeWith(options).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
});

test.each([
  '{cards: [eno1], bridges: ["dmz=eno1.20", "lab=eno1.30,eno2"]}',
  '{cards: [bond0], bridges: ["dmz=bond0.20"], bonds: ["bond0=eno1,eno2"]}',
  '{cards: [eno1.20], hostOn: cards}',
  '{cards: ["enp3s0f*"], spanningTree: "on"}',
  '{cards: [eno1], spanningTree: "off", mtu: 9000}',
])('%s is fine', (options) => {
  expect(bridgeWith(options).diagnostics).toEqual([]);
});

test('a finding has the place of the option and says what to do', () => {
  const [finding] = bridgeWith('{cards: [eno1], bridges: ["dmz=eno1.20"], hostOn: dzm}').diagnostics;
  expect(finding).toMatchObject({
    message: "there is no bridge `dzm` that could have the host's address",
    hint: 'did you mean `dmz`?',
    span: { start: { line: 5 } },
  });
});
