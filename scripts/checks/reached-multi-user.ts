import { type AnyImageCheck, failed, passed } from './check.ts';

export const reachedMultiUser: AnyImageCheck = {
  id: 'reached-multi-user',
  title: 'multi-user.target is reached',
  proves:
    'The system came up to the state in which a host does its work: multi-user.target is active and nothing is still starting.',
  core: true,
  async run({ guest }) {
    const target = await guest.unit('multi-user.target');
    const state = (await guest.run('systemctl is-system-running', { allowFailure: true })).stdout.trim();
    const evidence = [`multi-user.target: ${target.active}`, `system: ${state}`];
    return target.active === 'active' && state !== 'starting'
      ? passed('multi-user.target is active', evidence)
      : failed(`multi-user.target is ${target.active}`, evidence);
  },
};
