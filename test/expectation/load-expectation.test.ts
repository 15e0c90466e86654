import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadExpectation, startingExpectation } from '../../scripts/expectation/index.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-expectation-'));
afterAll(() => rmSync(directory, { recursive: true }));
const names = {
  checks: ['no-failed-units'],
  scenarios: ['reboot', 'power-cut'],
  patterns: ['io-error', 'kernel-warning'],
};

function load(text: string) {
  const file = path.join(directory, 'expected.yaml');
  writeFileSync(file, text);
  return loadExpectation(file, names);
}

test('the starting file can be used as it is, and with everything that its comments show', () => {
  const text = startingExpectation('/schema.json');
  expect(load(text).data).toEqual({ summary: expect.any(String) });
  const shown = text.replaceAll(/^#(?! [A-Za-z])/gm, '');
  expect(Object.keys(load(shown).data)).toEqual([
    ...['summary', 'boot', 'steps', 'units', 'kernelArguments', 'files', 'commands', 'ports', 'packages'],
    ...['memoryMiB', 'checks', 'scenarios', 'disksUntouched'],
  ]);
});

test.each([
  ['steps:\n  - seen: x', 'unknown-key', 'unknown key `seen`', 3, 'did you mean `see`?'],
  [
    'steps:\n  - {see: x, reboot: true}',
    'wrong-step',
    'a step is one of see, press, type, picture, reboot, powerCut',
    3,
    'Each step',
  ],
  [
    'steps:\n  - press: [ret]\n    on: serial',
    'wrong-step',
    '`on` says nothing of `press`',
    4,
    'It belongs to see and type.',
  ],
  ['steps:\n  - {see: "(", matches: true}', 'wrong-step', /^`see` is no regular expression/, 3, 'Without `matches`'],
  ['boot: {allowed: [io-eror]}', 'unknown-bad-line', 'there is no bad line `io-eror`', 2, 'did you mean `io-error`?'],
  ['checks: [enabled-units]', 'unknown-check', 'there is no check `enabled-units`', 2, 'there are: no-failed-units'],
  ['scenarios:\n  - reboot\n  - power-cutt', 'unknown-scenario', /`power-cutt`$/, 4, 'did you mean `power-cut`?'],
  ['ports: [http]', 'wrong-type', /must be a TCP port, from 1 to 65535, not text/, 2, undefined],
  ['units: {a.service: running}', 'wrong-value', /^`a.service` must be `active`/, 2, undefined],
])('%s is told at its line', (text, code, message, line, hint) => {
  expect(() => load(`summary: x\n${text}\n`)).toThrowError(
    expect.objectContaining({
      diagnostics: [
        expect.objectContaining({
          code,
          message: typeof message === 'string' ? message : expect.stringMatching(message),
          span: expect.objectContaining({ start: expect.objectContaining({ line }) }),
          ...(hint !== undefined && { hint: expect.stringContaining(hint) }),
        }),
      ],
    }),
  );
});
