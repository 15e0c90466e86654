import { expect, test } from 'vitest';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import type { Prepared } from '../../scripts/prepare/index.ts';
import { withSources } from '../../scripts/prepare/index.ts';

const KEY = 'hunter2hunter2';
const source = 'overlays/vpn/rootfs/etc/vpn/key';

/** A kickstart of two lines: one of a component, one of a file. */
function prepared(secret: boolean): Prepared {
  const file = { source, content: { text: `password = ${KEY}\n` }, ...(secret && { secret: true }) };
  return {
    flavour: { files: [file] },
    kickstartFile: '/out/mine/mine.ks',
    rendered: {
      map: {
        lines: [
          [0, 7],
          [1, 1],
        ],
        sources: ['overlays/vpn/component.yaml', source],
      },
    },
  } as unknown as Prepared;
}

function toldOf(line: number, secret: boolean) {
  const at = { offset: 0, line, column: 1 };
  const fail = () => {
    throw new ReportedError({
      code: 'script-failed',
      severity: 'error',
      message: `\`${KEY}\` is no command`,
      span: { file: '/out/mine/mine.ks', start: at, end: at },
    });
  };
  try {
    withSources(prepared(secret), fail);
  } catch (error) {
    const [told] = (error as ReportedError).diagnostics;
    return { message: told?.message, span: told?.span, related: told?.related };
  }
  throw new Error('nothing was told');
}

test('a finding in the kickstart gets the place in the sources', () => {
  expect(toldOf(2, false)).toMatchObject({
    message: `\`${KEY}\` is no command`,
    related: [{ message: 'rendered from here', span: { file: source, start: { line: 1 } } }],
  });
});

test('in a line of a secret file neither the kickstart’s nor the file’s is shown', () => {
  expect(toldOf(2, true)).toMatchObject({
    message: `\`${'•'.repeat(KEY.length)}\` is no command`,
    span: { file: '/out/mine/mine.ks', withheld: true },
    related: [{ span: { file: source, withheld: true } }],
  });
  expect(toldOf(1, true).span).not.toHaveProperty('withheld');
  expect(toldOf(2, false).span).not.toHaveProperty('withheld');
});
