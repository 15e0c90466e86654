import type { ResolvedFlavour } from './model.ts';

/** What people know a system by: in boot menus, and in the firmware's list of what it can start. */
export function titleOf({ name, edition }: Pick<ResolvedFlavour, 'name' | 'edition'>): string {
  return `Phyllome OS ${edition?.value ?? name}`;
}
