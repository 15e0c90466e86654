import { listOpenLogins } from '../flavour/index.ts';
import { type Manifest, refusedLogins } from '../image/index.ts';
import { type Check, type CheckOutcome, failed, passed } from './check.ts';

export const noOpenLogin: Check = {
  id: 'no-open-login',
  title: 'nobody is let in without a password',
  proves:
    'On a disk no console, display manager or greeter logs somebody in by itself, no account has an empty password, and no shell of root’s waits on a console, unless the flavour says that it means it.',
  core: true,
  needs: { image: ['disk'] },
  async run({ guest, expect }) {
    return judgeLogins((await guest.run(listOpenLogins)).stdout.split('\n'), expect);
  },
};

function judgeLogins(lines: readonly string[], expect: Pick<Manifest, 'image' | 'acknowledged'>): CheckOutcome {
  const { acknowledged, image } = expect;
  const refused = refusedLogins(lines, { kind: image.kind, acknowledged });
  const found = lines.filter((line) => line !== '');
  if (refused.length > 0) return failed(refused.join('; '), found);
  return passed(found.length === 0 ? 'there is no way' : 'the flavour says that it means it', found);
}
