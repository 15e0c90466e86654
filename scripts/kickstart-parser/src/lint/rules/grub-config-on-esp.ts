import { writeAt } from '../../edit/fix.ts';
import type { LintRule } from '../rule.ts';

const COMMAND = /\bgrub2?-mkconfig\b/;
/** The folder is named for the distribution, in scripts by a variable. */
const FOLDER = '(?:/mnt/sys(?:image|root))?/boot/efi/EFI/[\\w.${}*-]+';
const ASSIGNMENT = /^\s*(?:(?:export|local|readonly)\s+)?(?<name>\w+)=(["']?)(?<value>[\w./${}*-]+)\2\s*(?:[;#].*)?$/;
/** Its variable stands for each folder there is. */
const LOOP = /^\s*for\s+(?<name>\w+)\s+in\s+(["']?)(?<value>[\w./${}*-]+)\2\s*(?:;|$)/;
/** What a variable may hold of such a path. */
const PART = /^(?:\/mnt\/sys(?:image|root))?\/boot(?:$|\/$|\/efi)/;
const COPY = /(?:^|[;&|({]|\b(?:then|do|else|sudo))\s*(?<program>cp|mv|install)\s(?<words>[^;&|#]*)/g;
const MESSAGE = 'This overwrites the file that leads to /boot/grub2/grub.cfg';

/** Where a line has it. */
interface Target {
  /** As it stands there: a path, or the variable that holds one. */
  readonly written: string;
  readonly path: string;
  readonly end: number;
}
type Variables = ReadonlyMap<string, string>;

export const grubConfigOnEsp: LintRule = {
  id: 'grub-config-on-esp',
  severity: 'warning',
  summary: 'No GRUB configuration belongs at /boot/efi/EFI: neither grub2-mkconfig nor cp may write it there.',
  reason:
    'Since Fedora 34 and RHEL 9 the file there only leads to /boot/grub2/grub.cfg. Overwritten, it goes its own way: later kernels and settings have no effect, or the system does not start.',
  isFixable: true,
  example: '%post --erroronfail\ngrub2-mkconfig -o /boot/efi/EFI/fedora/grub.cfg\n%end\n',
  *check({ model, scripts }) {
    if (model.version === 'RHEL8') return;
    for (const script of scripts) {
      const variables = new Map<string, string>();
      let goesOn = false;
      for (const line of script.lines) {
        if (/^\s*#/.test(line.text)) continue;
        const { name, value = '' } = (ASSIGNMENT.exec(line.text) ?? LOOP.exec(line.text))?.groups ?? {};
        if (name !== undefined) variables.set(name, meaningOf(value, variables));
        const command = COMMAND.exec(line.text);
        // A line that ends in a backslash goes on in the next one.
        const isWithin: boolean = goesOn || command !== null;
        const begin = goesOn ? 0 : (command?.index ?? 0);
        goesOn = isWithin && line.text.endsWith('\\');
        const output = isWithin ? outputIn(line.text, begin, variables) : undefined;
        if (output !== undefined) {
          const span = script.span(line, output.end - output.written.length, output.end);
          const root = output.path.slice(0, output.path.indexOf('/boot/'));
          yield { message: MESSAGE, span, fix: writeAt(span, `${root}/boot/grub2/grub.cfg`) };
        }
        for (const { written, end } of copiesIn(line.text, variables)) {
          yield {
            message: MESSAGE,
            span: script.span(line, end - written.length, end),
            hint: 'leave it out: what is at /boot/grub2/grub.cfg is what is read',
          };
        }
      }
    }
  },
};

const OUTPUT = new RegExp(
  `(?:-o|--output|>|\\btee)[ \\t=]*["']?(?<written>${FOLDER}/grub\\.cfg\\b|\\$(?:\\w+|\\{\\w+\\})(?:/[\\w./\${}*-]+)?)`,
);
const CONFIGURATION = new RegExp(`^${FOLDER}/grub\\.cfg$`);

/** What grub2-mkconfig writes, from `begin` on: by an option, a redirection or tee. */
function outputIn(text: string, begin: number, variables: Variables): Target | undefined {
  const found = OUTPUT.exec(text.slice(begin));
  const written = found?.groups?.written;
  if (found === null || written === undefined) return undefined;
  const path = meaningOf(written, variables);
  return CONFIGURATION.test(path) ? { written, path, end: begin + found.index + found[0].length } : undefined;
}

/** Copies of a configuration from elsewhere to there; one of what is there already, to another name, is a copy of the way. */
function* copiesIn(text: string, variables: Variables): Generator<Target> {
  for (const { groups, index, 0: whole } of text.matchAll(COPY)) {
    const words = [...(groups?.words ?? '').matchAll(/\S+/g)].map((word) => ({
      written: word[0].replace(/^["']|["']$/g, ''),
      end: index + whole.length - (groups?.words ?? '').length + word.index + word[0].replace(/["']$/, '').length,
    }));
    const into = words.findIndex(({ written }) => written === '-t') + 1;
    const target = into > 0 ? words[into] : words.findLast(({ written }) => !written.startsWith('-'));
    if (target === undefined) continue;
    const path = meaningOf(target.written, variables);
    const sources = words.filter((word) => word !== target).map(({ written }) => meaningOf(written, variables));
    const isFromElsewhere = sources.some(
      (source) => /(?:^|\/)grub\.cfg$/.test(source) && !source.includes('/boot/efi/EFI/'),
    );
    if (isFromElsewhere && ON_ESP.test(path)) yield { ...target, path };
  }
}

const ON_ESP = new RegExp(`^${FOLDER}(?:/|/grub\\.cfg)?$`);

/** What a word stands for, where it begins with a variable that holds such a path or the beginning of one. */
function meaningOf(word: string, variables: Variables): string {
  const [begin = '', name = ''] = /^\$\{?(\w+)\}?/.exec(word) ?? [];
  const held = variables.get(name);
  return held !== undefined && PART.test(held) ? held.replace(/\/$/, '') + word.slice(begin.length) : word;
}
