import type { LintRule } from '../rule.ts';

export const mandatoryAccount: LintRule = {
  id: 'mandatory-account',
  severity: 'warning',
  summary: 'Somebody must be able to log in: rootpw, or a user in wheel.',
  reason: 'The installer stops and asks when neither is there. "rootpw --lock" counts as an answer.',
  isFixable: false,
  example: 'lang en_US.UTF-8\n',
  *check({ model, startOfDocument, isWhole }) {
    const { rootpw, user } = model.commands;
    if (!isWhole || rootpw !== undefined || user.some(({ groups }) => groups?.includes('wheel'))) return;
    yield {
      message: 'Neither rootpw nor a user in the group wheel',
      span: startOfDocument,
      hint: 'Add "rootpw --lock" if nobody shall log in as root.',
    };
  },
};
