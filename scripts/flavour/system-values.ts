import type { ChosenBase } from './base.ts';
import type { Findings } from './findings.ts';
import type { Layer } from './inheritance.ts';
import type { ResolvedFlavour, ResolvedUser, Sourced } from './model.ts';
import type { SystemValues } from './source-files.ts';

/** The values of one system: the nearest layer that says something counts, then the base's defaults. */
export function resolveSystem(layers: readonly Layer[], base: ChosenBase): ResolvedFlavour['system'] {
  const pick = (key: keyof SystemValues): Sourced<string> => {
    const layer = layers.findLast(({ data }) => data.system?.[key] !== undefined);
    const value = layer?.data.system?.[key];
    if (layer && value !== undefined) return { value, at: layer.source.spanOfValue(['system', key]) };
    return { value: base.data.defaults[key], at: base.source.spanOfValue(['defaults', key]) };
  };
  return { lang: pick('lang'), keyboard: pick('keyboard'), timezone: pick('timezone'), hostname: pick('hostname') };
}

export function resolveUsers(layers: readonly Layer[], findings: Findings): readonly ResolvedUser[] {
  const users = new Map<string, ResolvedUser>();
  for (const { data, source } of layers) {
    for (const [index, user] of (data.users ?? []).entries()) {
      const at = source.spanOfValue(['users', index, 'name']);
      const first = users.get(user.name);
      if (first) {
        const related = [{ message: 'first here', span: first.at }];
        findings.error('duplicate-user', `user \`${user.name}\` is given twice`, at, { related });
      } else if (user.name === 'root') {
        findings.error('root-user', 'root is there already, and stays locked; give a user of your own', at);
      } else {
        users.set(user.name, { ...user, groups: user.groups ?? [], at });
      }
    }
  }
  return [...users.values()];
}

export function resolveSshKeys(
  layers: readonly Layer[],
  users: readonly ResolvedUser[],
  findings: Findings,
): ResolvedFlavour['sshKeys'] {
  const names = [...users.map((user) => user.name), 'root'];
  return layers.flatMap(({ data, source }) =>
    (data.sshKeys ?? []).map(({ user, key }, index) => {
      const at = source.spanOfValue(['sshKeys', index, 'user']);
      if (!names.includes(user)) findings.unknownName('unknown-user', 'user', user, names, at);
      return { user, key, at };
    }),
  );
}
