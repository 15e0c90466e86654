import type { GivenOption } from '../../model/entry.ts';
import type { LintRule } from '../rule.ts';

export const emptyPassphrase: LintRule = {
  id: 'empty-passphrase',
  severity: 'warning',
  summary: 'An empty --passphrase= encrypts nothing by itself.',
  reason: 'The installer stops and asks for the passphrase, as if the option were not there.',
  isFixable: false,
  example: 'part / --size=1024 --encrypted --passphrase=\n',
  *check({ model }) {
    const { part, logvol, raid, autopart } = model.commands;
    const encrypted = [...part, ...logvol, ...raid, ...(autopart === undefined ? [] : [autopart])];
    for (const { passphrase, given, span } of encrypted) {
      const option = given.find(({ field }: GivenOption) => field === 'passphrase');
      if (passphrase === '') yield { message: 'The passphrase is empty', span: option?.span ?? span };
    }
  },
};
