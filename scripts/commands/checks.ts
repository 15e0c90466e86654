import { allChecks, type Check } from '../checks/index.ts';
import { optionalOperand, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';

export const name = 'checks';
export const help = { summary: 'list the checks that `test` asks, or tell what one proves and needs' };
export const flags = { check: optionalOperand(text('check', { names: 'check' }), 'its name') };

/**
 * Lists the checks, or tells one: what it proves, what it needs, what it costs.
 * @throws UsageError for a name that no check has
 */
export function run({ check: id }: Values<typeof flags>, context: Pick<ReadingContext, 'print'>): void {
  if (id === undefined) {
    const width = Math.max(...allChecks.map((check) => check.id.length));
    for (const check of allChecks) context.print(`${check.id.padEnd(width)}  ${check.title}`);
    return;
  }
  const check = allChecks.find((one) => one.id === id);
  if (check === undefined) {
    throw new UsageError({
      code: 'unknown-check',
      severity: 'error',
      message: `there is no check "${id}"`,
      hint: '`phyllome checks` lists them.',
    });
  }
  context.print(documentCheck(check).join('\n'));
}

/** What a check's own declaration says, in lines. */
export function documentCheck(check: Check): string[] {
  const { machine = [], image = [], components = [] } = check.needs ?? {};
  const needs = [...machine, ...image.map((kind) => `a ${kind}`), ...components.map((name) => `component ${name}`)];
  return [
    `${check.id}: ${check.title}`,
    '',
    check.proves,
    '',
    `runs on   ${check.core === true ? 'every image' : 'images whose components name it'}`,
    `needs     ${needs.length === 0 ? 'nothing' : needs.join(', ')}`,
    ...(check.budgetSeconds === undefined ? [] : [`budget    ${check.budgetSeconds} s`]),
    `leaves    the guest ${check.changesState === true ? 'changed' : 'as it was'}`,
    `asked     ${check.inputs === undefined ? 'at every boot' : `again when the image's ${check.inputs.join(', ')} change`}`,
  ];
}
