import type { Span } from '../diagnostic/index.ts';
import type { Bringer, ResolvedFlavour } from '../flavour/index.ts';
import type { Part } from './profile.ts';

/** Who brings something into a flavour, and where it says so. */
export interface Said {
  readonly by: Bringer;
  readonly at: Span;
}

interface Named extends Said {
  readonly name: string;
}

/** Who brings what, for each part of a profile; what the templates alone say is not in it. */
export type Sayers = (part: Part, name: string) => Said | undefined;

export function sayersOf(flavour: ResolvedFlavour): Sayers {
  const atPath = ({ path: name, by, at }: Said & { readonly path: string }): Named => ({ name, by, at });
  const lists: Readonly<Partial<Record<Part, readonly Named[]>>> = {
    packages: flavour.packages,
    units: [...flavour.units, ...flavour.userUnits.map((unit) => ({ ...unit, name: `${unit.name} (user)` }))],
    'kernel arguments': flavour.kernelArguments.map(({ argument, by, at }) => ({ name: argument, by, at })),
    users: flavour.users,
    commands: flavour.kickstart.map(({ command, by, at }) => ({ name: command, by, at })),
    files: flavour.files.map(atPath),
    directories: flavour.directories.map(atPath),
    links: flavour.links.map(atPath),
    scripts: flavour.post.map(({ by, at }) => ({ name: `component ${by}`, by, at })),
  };
  const index = new Map(
    Object.entries(lists).map(([part, list]) => [part, new Map(list.map((entry) => [entry.name, entry]))]),
  );
  return (part, name) => {
    if (part === 'commands') {
      // A component's command stands in the kickstart as it is: `part / --size=1` is what is called `part /`.
      return lists.commands?.find((entry) => entry.name === name || entry.name.startsWith(`${name} `));
    }
    return index.get(part)?.get(part === 'scripts' ? name.replace(/ \d+$/, '') : name);
  };
}
