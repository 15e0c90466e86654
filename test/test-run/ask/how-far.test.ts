import { expect, test } from 'vitest';
import type { Look, Rest } from '../../../scripts/lab/index.ts';
import { howFar, whyNoAgent } from '../../../scripts/test-run/ask/how-far.ts';

const look: Look = {
  display: { kind: 'text', lines: ['', 'Select a language', '  English'] },
  stillMs: 0,
  kernel: true,
  programs: false,
  stopped: false,
  stale: false,
};
const rest = (more: Partial<Rest> = {}): Rest => ({ at: 'display', look, serial: '', pressed: false, ...more });
const cdrom = { medium: { kind: 'cdrom', file: '/x.iso' } } as const;
const kernel = { medium: { kind: 'linux', file: '/linux', commandLine: '' } } as const;
const seen = (consoleLines: readonly string[] = []) =>
  ({ milestones: { passed: [{ id: 'kernel', atMs: 2500 }] }, consoleLines }) as never;
const answers = (...given: Parameters<typeof howFar>) =>
  Object.fromEntries(howFar(...given).map(({ id, status, summary }) => [id, `${status}: ${summary}`]));

test('an installer on the display', () => {
  expect(answers(rest({ pressed: true }), seen(), cdrom)).toEqual({
    'loader-reached': 'passed: it did after 2.5 s; a key was pressed at its menu',
    'kernel-reached': 'passed: it does after 2.5 s',
    'programs-run': expect.stringMatching(/^skipped: no processor was seen in a program/),
    'came-to-rest': 'passed: a screen on the display: Select a language',
  });
});

test('a login on the serial console of a kernel that QEMU loaded', () => {
  expect(answers(rest({ at: 'login', serial: 'Debian\n\nhost login:' }), seen(), kernel)).toMatchObject({
    'loader-reached': 'skipped: QEMU loads the kernel itself',
    'programs-run': 'passed: they do',
    'came-to-rest': 'passed: a login: host login:',
  });
});

test('a picture that is no text', () => {
  const drawing = { ...look, display: { kind: 'drawing', lines: [] }, programs: true } as const;
  expect(answers(rest({ look: drawing }), seen(), cdrom)).toMatchObject({
    'programs-run': 'passed: they do',
    'came-to-rest': 'passed: a picture on the display; text in it cannot be read',
  });
});

test.each([
  [['systemd[1]: systemd 252.39-1 running in system mode'], /^systemd 252 takes no units from credentials/],
  [['systemd[1]: systemd 257.9-1 running in system mode'], /^systemd 257 runs, but the lab's agent did not answer/],
  [[], /no systemd was seen$/],
])('why nobody can be asked: %s', (lines, why) => {
  expect(whyNoAgent(rest(), seen(lines))).toMatch(why);
});
