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
])('%s is refused', (options, code) => {
  expect(bridgeWith(options).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
});
