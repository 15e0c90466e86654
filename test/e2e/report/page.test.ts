import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlPage } from '../../../scripts/report/test-run/html/page.ts';
import { fullFiles, fullRun } from '../../report/test-run/full-run.ts';

/** What measure-page.js finds. */
interface Seen {
  readonly pageWidth: number;
  readonly wider: readonly string[];
  readonly pale: readonly string[];
  readonly brokenPictures: number;
  readonly brightness: number;
}

const measurePage = readFileSync(new URL('measure-page.js', import.meta.url), 'utf8');
const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
// Chromium's own look-ups at a start are off: a request that is seen is the page's.
const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];

let directory = '';
let file = '';
let browser: Browser;
beforeAll(async () => {
  if (program === undefined) throw new Error('these tests need Chromium: ci/setup tests');
  directory = await mkdtemp(path.join(tmpdir(), 'report-'));
  file = path.join(directory, 'report.html');
  await writeFile(file, await htmlPage(fullRun(), fullFiles()));
  browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-sync', ...quiet],
  });
});
afterAll(async () => {
  await browser?.close();
  await rm(directory, { recursive: true, force: true });
});

describe.each([
  ['a small phone', 320],
  ['a phone', 390],
  ['a desktop', 1280],
])('on %s', (_, width) => {
  test.each(['light', 'dark'] as const)('in %s the report fits, can be read and loads nothing', async (colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme });
    const said: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`file://${file}`);
    const seen = await page.evaluate<Seen>(measurePage);
    expect(seen.wider).toEqual([]);
    expect(seen.pageWidth).toBeLessThanOrEqual(width);
    expect(seen.pale).toEqual([]);
    expect(seen.brokenPictures).toBe(0);
    expect(seen.brightness > 0.5).toBe(colorScheme === 'light');
    expect(said).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([`file://${file}`]);
    await page.close();
  });
});
