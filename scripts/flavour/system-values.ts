import type { ChosenBase } from './base.ts';
import type { BaseNames } from './base-names.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { ResolvedFlavour, ResolvedUser, Sourced } from './model.ts';
import { singleValue } from './single-values.ts';
import type { SystemValues } from './source-files.ts';

const BUDGETS = ['idleMemoryMiB', 'runningServices', 'imageMiB'] as const;

/** The values of one system: what the flavour says, then the base's defaults. */
export function resolveSystem(
  layers: readonly Layer[],
  { chain, resolved }: ChosenBase,
  findings: Findings,
): ResolvedFlavour['system'] {
  const pick = (key: Exclude<keyof SystemValues, 'languages'>): Sourced<string> =>
    singleValue<string>(layers, ['system', key], findings) ??
    chain.value<string>(['defaults', key]) ?? { value: '', at: resolved.at };
  return { lang: pick('lang'), keyboard: pick('keyboard'), timezone: pick('timezone'), hostname: pick('hostname') };
}

/** The locales that people can choose besides; those of what is furthest from the base's defaults count. */
export function resolveLanguages(layers: readonly Layer[], findings: Findings): readonly Sourced<string>[] {
  const found = singleValue<readonly string[]>(layers, ['system', 'languages'], findings);
  return found?.value.map((value) => ({ value, at: found.at })) ?? [];
}

/** `de` of `de_DE.UTF-8`; `en` where the locale is of no language. */
export function languageOf(locale: string): string {
  const language = locale.split(/[_.@]/)[0] ?? '';
  return language === 'C' || language === 'POSIX' || language === '' ? 'en' : language;
}

/** The layout of a graphical session for a console key map: `de` for `de-nodeadkeys`. */
export function xLayoutOf(keyMap: string): string {
  const named: Readonly<Record<string, string>> = { uk: 'gb', dvorak: 'us (dvorak)' };
  return named[keyMap] ?? keyMap.split('-')[0] ?? keyMap;
}

/** Limits, each with the place that set it. Of `bases`, the nearest that has a limit of its own counts. */
export function resolveBudgets(layers: readonly Layer[], bases: readonly string[], findings: Findings) {
  const found = BUDGETS.flatMap((key) => {
    const everywhere = singleValue<number>(layers, ['budgets', key], findings);
    const here = bases.map((base) => singleValue<number>(layers, ['budgetsOn', base, key], findings));
    const sourced = here.find((value) => value !== undefined) ?? everywhere;
    return sourced ? [{ key, ...sourced }] : [];
  });
  return {
    budgets: Object.fromEntries(found.map(({ key, value }) => [key, value])) as ResolvedFlavour['budgets'],
    budgetPlaces: Object.fromEntries(found.map(({ key, at }) => [key, at])) as ResolvedFlavour['budgetPlaces'],
  };
}

export function resolveUsers(layers: readonly Layer[], names: BaseNames, findings: Findings): readonly ResolvedUser[] {
  const users = new Map<string, ResolvedUser>();
  for (const layer of layers) {
    for (const [index, user] of (layer.data.users ?? []).entries()) {
      const at = spanIn(layer, ['users', index, 'name']);
      const first = users.get(user.name);
      if (first) {
        const related = [{ message: 'first here', span: first.at }];
        findings.error('duplicate-user', `user \`${user.name}\` is given twice`, at, { related });
      } else if (user.name === 'root') {
        findings.error('root-user', 'root is there already, and stays locked; give a user of your own', at);
      } else {
        users.set(user.name, {
          ...user,
          groups: (user.groups ?? []).map((group) => names.group(group)),
          by: layer.name,
          at,
        });
      }
    }
  }
  return [...users.values()];
}
