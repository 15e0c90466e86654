import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { junitXml, xml } from '../../../scripts/report/test-run/junit.ts';
import { anyText } from '../../any-text.ts';
import { sampleRun } from './sample-run.ts';

const check = { title: 't', proves: 'It is so.', evidence: ['a <b> & "c"'], durationMs: 1200 };

test('a good run', () => {
  expect(junitXml(sampleRun())).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="phyllome" tests="3" failures="0" errors="0" time="62.000">
      <testsuite name="nano.bios" tests="3" failures="0" errors="0" skipped="0" time="62.000" timestamp="2026-11-22T17:00:00">
        <properties>
          <property name="base" value="debian-13"/>
          <property name="firmware" value="bios"/>
          <property name="accelerator" value="tcg"/>
          <property name="accelerator.reason" value="KVM hangs: never left its loop"/>
          <property name="qemu" value="10.0.13"/>
          <property name="cpu" value="EPYC,+svm,+npt"/>
          <property name="memoryMiB" value="2048"/>
          <property name="image.inputHash" value="hash"/>
          <property name="image.sha256" value="sum"/>
        </properties>
        <testcase classname="nano.bios" name="boot" time="33.400"/>
        <testcase classname="nano.bios" name="idle-memory" time="8.000">
          <system-out>172 MiB used
    38.0 MiB a</system-out>
        </testcase>
        <testcase classname="nano.bios" name="console" time="0.000"/>
      </testsuite>
    </testsuites>
    "
  `);
});

test('each kind of trouble has its own element, and the counts agree', () => {
  const report = junitXml(
    sampleRun({
      verdict: 'failed',
      checks: [
        { ...check, id: 'a', status: 'failed', summary: 'not < so' },
        { ...check, id: 'b', status: 'error', summary: 'not asked' },
        { ...check, id: 'c', status: 'skipped', summary: 'no iommu' },
      ],
      findings: [
        {
          pattern: 'kernel-bug',
          explanation: 'Why.',
          source: 'console',
          lineNumber: 7,
          line: 'BUG: \u001b[1mx',
          fatal: false,
        },
      ],
    }),
  );
  expect(report).toContain('tests="5" failures="2" errors="1" skipped="1"');
  expect(report).toContain('<failure message="not &lt; so">It is so.\na &lt;b&gt; &amp; &quot;c&quot;</failure>');
  expect(report).toContain('<error message="not asked">');
  expect(report).toContain('<skipped message="no iommu"/>');
  expect(report).toContain('console line 7: BUG: [1mx\n  Why.');
});

test('a boot that failed is a failed case with the whole explanation', () => {
  const diagnostics = [
    { code: 'boot-stalled', severity: 'error', message: 'nothing moved', hint: 'last milestone: kernel' },
  ] as const;
  const report = junitXml(sampleRun({ verdict: 'failed', booted: false, checks: [], diagnostics }));
  expect(report).toContain('<failure message="nothing moved">last milestone: kernel</failure>');
  expect(report).toContain('tests="2" failures="1"');
});

describe('any text can be written into XML', () => {
  test('what XML cannot hold is left out', () => {
    expect(xml('a\u0000b\u001b[0mc\td\ne\u{1f600}\ud800f\ufffe')).toBe('ab[0mc\td\ne\u{1f600}f');
  });
  test('nothing that would end the text or is forbidden remains', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = xml(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those must not be there
        expect(written).not.toMatch(/[<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&(?!(?:amp|lt|gt|quot);)/);
        // Throws on half a surrogate pair.
        encodeURIComponent(written);
      }),
    );
  });
});
