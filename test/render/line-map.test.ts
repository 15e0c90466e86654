import { expect, test } from 'vitest';
import type { Diagnostic } from '../../scripts/diagnostic/index.ts';
import { atSource, type LineMap, sourceSpan } from '../../scripts/render/line-map.ts';
import { at } from './sourced.ts';

const map: LineMap = {
  sources: ['a.yaml', 'b.yaml'],
  lines: [
    [0, 3],
    [1, 7],
  ],
};

const finding: Diagnostic = { code: 'bad', severity: 'warning', message: 'this is bad', span: at(2, 'kickstart') };

test('a finding is told at its source, and says in which rendered line it is', () => {
  expect(atSource(finding, map)).toEqual({
    code: 'bad',
    severity: 'warning',
    message: 'line 2 of the rendered kickstart: this is bad',
    span: at(7, 'b.yaml'),
  });
});

test('so are its related places; a fix of the rendered text is none of the source', () => {
  const related = [{ message: 'see here', span: at(1, 'kickstart') }];
  const fix = { title: 'remove', edits: [] };
  expect(atSource({ ...finding, related, fix }, map)).toEqual({
    ...atSource(finding, map),
    related: [{ message: 'see here', span: at(3, 'a.yaml') }],
  });
});

test('a finding without a place stays as it is', () => {
  const { span: _, ...nowhere } = finding;
  expect(atSource(nowhere, map)).toBe(nowhere);
});

test('what lies behind the last line is told at the beginning of the first source', () => {
  expect(sourceSpan(at(9, 'kickstart'), map)).toEqual(at(1, 'a.yaml'));
  expect(sourceSpan(at(9, 'kickstart'), { sources: [], lines: [] })).toEqual(at(1, ''));
});
