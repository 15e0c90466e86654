import type { GivenOption } from '../../model/entry.ts';
import type { LintRule } from '../rule.ts';

export const bootloaderAppendTwice: LintRule = {
  id: 'bootloader-append-twice',
  severity: 'warning',
  summary: 'A second bootloader --append replaces the kernel arguments of the first.',
  reason: 'Only the arguments of the last --append reach the kernel; they do not add up, on one line or on several.',
  isFixable: false,
  example: 'bootloader --append="quiet"\nbootloader --append="iommu=pt"\n',
  *check({ model }) {
    let earlier: GivenOption | undefined;
    for (const option of model.commands.bootloader?.given ?? []) {
      if (option.field !== 'appendLine') continue;
      if (earlier !== undefined) {
        yield {
          message: 'This --append takes back the earlier one',
          span: option.span,
          related: [{ message: 'These kernel arguments are forgotten', span: earlier.span }],
          hint: 'Put all kernel arguments into one --append.',
        };
      }
      earlier = option;
    }
  },
};
