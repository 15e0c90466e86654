import { expect, test } from 'vitest';
import { markdownSummary } from '../../../scripts/report/test-run/markdown.ts';
import { sampleRun } from './sample-run.ts';

test('a line for each run', () => {
  const second = sampleRun({ topology: { ...sampleRun().topology, name: 'secure-boot', firmware: 'secure-boot' } });
  expect(markdownSummary([sampleRun(), second])).toMatchInlineSnapshot(`
    "| Image | Machine | Verdict | After | By |
    | --- | --- | --- | --- | --- |
    | ✅ nano | bios | 1 of 1 checks passed | 60.5 s | tcg |
    | ✅ nano | secure-boot, secure-boot | 1 of 1 checks passed | 60.5 s | tcg |
    "
  `);
});

test('what speaks against a run follows, and no text of somebody else is markup', () => {
  const check = { title: 't', proves: 'p', evidence: [], durationMs: 1 };
  const text = markdownSummary([
    sampleRun({
      verdict: 'failed',
      flavour: 'my|image_*',
      checks: [
        { ...check, id: 'a', status: 'failed', summary: '<b>|\n`x` [link](y)' },
        { ...check, id: 'c', status: 'skipped', summary: 'no iommu' },
        {
          ...check,
          id: 'known',
          status: 'failed',
          summary: 'x',
          quarantine: { reason: 'r', tracker: 't', expires: 'e' },
        },
      ],
      diagnostics: [{ code: 'check-failed', severity: 'error', message: 'a: <b>', hint: 'look\nthere' }],
    }),
  ]);
  expect(text).toMatchInlineSnapshot(`
    "| Image | Machine | Verdict | After | By |
    | --- | --- | --- | --- | --- |
    | ❌ my\\|image\\_\\* | bios | 0 of 3 checks passed, 1 not asked | 60.5 s | tcg |

    **my\\|image\\_\\* on default**, last milestone: the machine was turned on

    - \`check-failed\`: a: &lt;b><br>look<br>there

    | Check | Answer |
    | --- | --- |
    | ❌ a | &lt;b>\\|<br>\\\`x\\\` \\[link\\](y) |
    | ⏭️ c | no iommu |
    "
  `);
});
