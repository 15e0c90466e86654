import { model, parse } from 'kickstart-parser';
import { filesIn } from './embedded-files.ts';

/** What a kickstart makes, in the parts that people compare: for each part, names with what is said about them. */
export type Profile = Readonly<Record<Part, ReadonlyMap<string, string>>>;

export const PARTS = [
  'packages',
  'units',
  'kernel arguments',
  'commands',
  'files',
  'directories',
  'links',
  'scripts',
] as const;
export type Part = (typeof PARTS)[number];

const PRESET_FILE = /^\/usr\/lib\/systemd\/(system|user)-preset\/50-phyllome\.preset$/;
const VERBS = { enable: 'enabled', disable: 'disabled' } as const;

/** Reads a rendered kickstart back. Any other kickstart can be read, too: it has no units and files then. */
export function profileOf(kickstart: string): Profile {
  const document = parse(kickstart, { file: 'kickstart' });
  const { packages, commands, scripts } = model(document, 'F44');
  const files = new Map<string, string>();
  const units = new Map<string, string>();
  const directories = new Map<string, string>();
  const links = new Map<string, string>();
  const others = new Map<string, string>();
  for (const { body } of scripts) {
    // Kernel arguments are a part of their own.
    if (/ > \/etc\/kernel\/cmdline$/m.test(body)) continue;
    const { found, rest } = filesIn(body);
    for (const { path, how, content } of found) {
      const manager = PRESET_FILE.exec(path)?.[1];
      if (manager !== undefined) readPreset(content, manager === 'user', units);
      else files.set(path, `${how}\n${content}`);
    }
    for (const [, how = '', path = ''] of rest.matchAll(/^install -d (-m \S+ -o \S+ -g \S+) (\S+)$/gm)) {
      directories.set(path, how);
    }
    for (const [, target = '', path = ''] of rest.matchAll(/^ln -sfn (\S+) (\S+)$/gm)) links.set(path, target);
    for (const [, global, masked = ''] of rest.matchAll(/^systemctl( --global)? mask((?: *\\\n *\S+)+)/gm)) {
      for (const unit of masked.split(/[\s\\]+/).filter(Boolean))
        units.set(unitName(unit, global !== undefined), 'masked');
    }
    if (found.length === 0 && !/^(?:install -d|ln -sfn) /m.test(rest)) {
      const title = /^# (.*)$/m.exec(body)?.[1] ?? 'a script without a remark';
      others.set(title, body);
    }
  }
  const append = commands.bootloader?.appendLine ?? '';
  return {
    packages: new Map((packages?.packages ?? []).map(({ name }) => [name, ''])),
    units,
    'kernel arguments': new Map(
      append
        .split(/\s+/)
        .filter(Boolean)
        .map((argument) => [argument, '']),
    ),
    commands: commandLines(kickstart),
    files,
    directories,
    links,
    scripts: others,
  };
}

/** A user manager's unit may have the name of a system unit: it is named apart. */
function unitName(name: string, ofUsers: boolean): string {
  return ofUsers ? `${name} (user)` : name;
}

function readPreset(text: string, ofUsers: boolean, units: Map<string, string>): void {
  for (const [, verb, unit = ''] of text.matchAll(/^(enable|disable) (\S+)$/gm)) {
    const name = unitName(unit, ofUsers);
    if (!units.has(name)) units.set(name, VERBS[verb as keyof typeof VERBS]);
  }
}

/** The command section by command; passwords stay out, and kernel arguments are a part of their own. */
function commandLines(kickstart: string): ReadonlyMap<string, string> {
  const { nodes } = parse(kickstart, { file: 'kickstart' });
  const counts = new Map<string, number>();
  const lines = nodes.flatMap((node) => {
    if (node.kind !== 'command') return [];
    const words = node.args.map(({ value }) => value.replace(/^(--(?:password|passphrase))=.*/, '$1=…'));
    const shown = words.filter((word) => !word.startsWith('--append=')).join(' ');
    const number = (counts.get(node.name) ?? 0) + 1;
    counts.set(node.name, number);
    return [[number === 1 ? node.name : `${node.name} ${number}`, shown] as const];
  });
  return new Map(lines);
}
