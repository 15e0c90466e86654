import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic } from '../diagnostic/index.ts';
import { splitKernelCommandLine } from '../flavour/index.ts';
import type { Compared } from './compared.ts';
import type { Found } from './found.ts';
import { kernelArguments } from './from-kickstart.ts';
import { comparePackages } from './unasked-packages.ts';

/** Arguments that no kickstart says and every boot entry of the kind has. */
const OF_THE_LOADER = {
  medium: /^(?:root=live:\S+|rd\.live\.\S+|quiet|rhgb|nomodeset|vga=\S+)$/,
  disk: /^(?:root=\S+|rootflags=\S+|rd\.(?:luks|lvm)\.\S+|ro|rhgb|quiet|\$\w+)$/,
} as const;

/** Accounts of people have numbers from here on; the last is of nobody. */
const isOfPeople = ({ uid }: { readonly uid: number }) => uid >= 1000 && uid < 65_000;

/**
 * What a kickstart asks for beside what is on the image that an installer made of it. `isDisk`: with a boot loader of its own.
 */
export function compareInstalled(
  model: KickstartModel,
  found: Found,
  { isDisk }: { readonly isDisk: boolean },
): readonly Compared[] {
  const { lang, keyboard, network, timezone, rootpw, user } = model.commands;
  const layout = keyboard?.xLayouts?.join(',') ?? '';
  const people = user.map(({ name = '', groups = [] }) => account(name, groups));
  const root = found.accounts.find(({ name }) => name === 'root')?.password;
  return [
    same('host name', network.findLast(({ hostname }) => hostname)?.hostname ?? '', found.hostname),
    same('language', lang?.lang ?? '', found.language),
    same('key map of the console', keyboard?.vcKeymap || keyboard?.keyboard || '', found.keyMap),
    same('keyboard layout of sessions', layout, found.layout),
    same('keyboard layout of the X server', layout, found.serverLayout),
    same('time zone', timezone?.timezone ?? '', found.timezone),
    same('identity of the machine', 'none', found.machineIdBytes === 0 ? 'none' : `${found.machineIdBytes} bytes`),
    same(
      'accounts of people',
      list(people),
      list(found.accounts.filter(isOfPeople).map((one) => account(one.name, one.groups))),
    ),
    same('password of root', rootpw === undefined || rootpw.lock ? 'locked' : 'set', root ?? 'no such account'),
    same(
      'accounts that need no password',
      '',
      list(found.accounts.filter(({ password }) => password === 'none').map(({ name }) => name)),
    ),
    same('files about the installation', '', list(found.logs)),
    ...comparedPackages(model, found),
    ...comparedLoader(found, isDisk),
    ...comparedArguments(model, found, isDisk),
  ];
}

/** The differences that nothing excuses. */
export function installedDifferences(compared: readonly Compared[]): readonly Diagnostic[] {
  return compared
    .filter(({ asked, found, exception }) => asked !== found && exception === undefined)
    .map(({ what, asked, found }) => ({
      code: 'image-differs',
      severity: 'error',
      message: `${what}: the kickstart asks for ${shown(asked)}, and the image has ${shown(found)}`,
      hint: 'Anaconda, a package or a script decided otherwise; say in the flavour what is wanted, or mend what does that.',
    }));
}

function comparedPackages(model: KickstartModel, found: Found): readonly Compared[] {
  const names = (entries: readonly { readonly name: string }[] = []) => entries.map(({ name }) => name);
  const { packages } = model;
  const { missing, provided, unwanted, added } = comparePackages(
    { packages: names(packages?.packages), excluded: names(packages?.excludedPackages) },
    found,
  );
  const hasGroups = (packages?.groups.length ?? 0) > 0 || packages?.environment !== undefined;
  return [
    same('packages missing', '', list(missing)),
    {
      ...same('packages under another name', '', list(provided)),
      ...(provided.length > 0 && { exception: 'a package that is there says that it provides them' }),
    },
    same('packages that were to be left out', '', list(unwanted)),
    {
      ...same('packages added', '', list(added)),
      ...(hasGroups && { exception: 'the kickstart names groups, which bring packages of their own' }),
    },
  ];
}

/** Anaconda installs the boot loader for the firmware of the machine that it runs on. */
function comparedLoader({ loaders }: Found, isDisk: boolean): readonly Compared[] {
  if (!isDisk) return [];
  return [
    {
      what: 'boot loader',
      asked: 'bios or uefi',
      found: loaders.length === 0 ? 'none' : list(loaders),
      ...(loaders.length > 0 && { exception: 'the one for the firmware of the machine that builds' }),
    },
  ];
}

/** Each entry must have what is asked for; what it has beyond is the loader's own. */
function comparedArguments(model: KickstartModel, { entries }: Found, isDisk: boolean): readonly Compared[] {
  const asked = kernelArguments(model);
  const own = OF_THE_LOADER[isDisk ? 'disk' : 'medium'];
  const more = new Set<string>();
  const differing = entries.map((entry) => {
    const there = splitKernelCommandLine(entry);
    for (const argument of there) if (own.test(argument)) more.add(argument.replace(/=.*/, '=…'));
    return there
      .filter((argument) => asked.includes(argument) || !own.test(argument))
      .sort()
      .join(' ');
  });
  const wanted = [...asked].sort().join(' ');
  const found = entries.length === 0 ? 'no boot entry' : (differing.find((one) => one !== wanted) ?? wanted);
  return [
    same('kernel arguments', wanted, found),
    {
      what: 'kernel arguments of the boot loader',
      asked: '',
      found: [...more].sort().join(' '),
      ...(more.size > 0 && { exception: 'each boot entry says where its root file system is' }),
    },
  ];
}

function same(what: string, asked: string, found: string): Compared {
  return { what, asked, found };
}

function account(name: string, groups: readonly string[]): string {
  return groups.length === 0 ? name : `${name} (${[...groups].sort().join(', ')})`;
}

function list(names: readonly string[]): string {
  return [...names].sort().join(', ');
}

function shown(value: string): string {
  return value === '' ? 'none' : value;
}
