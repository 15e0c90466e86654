import type { GivenOption } from '../../model/entry.ts';
import type { LintRule } from '../rule.ts';

export const servicesTwice: LintRule = {
  id: 'services-twice',
  severity: 'warning',
  summary: 'A second services line replaces the list of the first.',
  reason: 'Only the units of the last --enabled and of the last --disabled count; they do not add up.',
  isFixable: false,
  example: 'services --enabled=sshd\nservices --enabled=chronyd\n',
  *check({ model }) {
    const first = new Map<string, GivenOption>();
    for (const option of model.commands.services?.given ?? []) {
      const earlier = first.get(option.field);
      first.set(option.field, option);
      if (earlier === undefined) continue;
      yield {
        message: `This ${option.name} takes back the earlier one`,
        span: option.span,
        related: [{ message: 'These units are forgotten', span: earlier.span }],
        hint: 'Put all units into one list.',
      };
    }
  },
};
