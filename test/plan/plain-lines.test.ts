import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { plainLineInterval } from '../../scripts/plan/plain-lines.ts';

const { isTTY } = process.stderr;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv('CI', undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  process.stderr.isTTY = isTTY;
});

function shown(): { say: (text: string) => void; texts: string[] } {
  const texts: string[] = [];
  return { say: plainLineInterval((text) => texts.push(text)), texts };
}

test('every text on a terminal, where they replace each other', () => {
  process.stderr.isTTY = true;
  const { say, texts } = shown();
  for (const text of ['a', 'b']) say(text);
  expect(texts).toEqual(['a', 'b']);
});

test('elsewhere one in ten seconds, which count from the one before', () => {
  process.stderr.isTTY = false;
  const { say, texts } = shown();
  say('at once');
  vi.advanceTimersByTime(9_999);
  say('too early');
  vi.advanceTimersByTime(1);
  say('first');
  vi.advanceTimersByTime(9_999);
  say('too early again');
  vi.advanceTimersByTime(1);
  say('second');
  expect(texts).toEqual(['first', 'second']);
});
