import { outputOf, type Stage, type Step } from '../../plan/index.ts';
import type { Question, QuestionKind } from './questions.ts';

/** Whatever packages an image has: data that any system of its release has in full. */
const ofAnySystem: readonly QuestionKind[] = ['time-zone', 'key-map', 'layout'];

/** What the computer that builds can answer, before there is an image. */
export function builderQuestions(questions: readonly Question[]): readonly Question[] {
  return questions.filter(({ kind }) => ofAnySystem.includes(kind));
}

/** The step whose failure `explainValues` reads. */
export const VALUES_STEP = 'ask-values';

/**
 * Root tree → nothing: stops where the installed packages do not have what the flavour names. All of it at once, before any
 * script runs. Files are looked at only; where a system goes without the data of one kind, nothing is said of that kind.
 *
 * Prints `missing KIND VALUE` for each that is not there, then `known KIND VALUE` for what there is instead.
 */
export function valuesStage(questions: readonly Question[]): Stage {
  return {
    id: 'values',
    title: 'Values',
    key: { values: [], stages: ['root-tree'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 0,
    steps: [valuesStep('Asking the packages for what is named', questions, `${outputOf('root-tree')}/root`)],
  };
}

/** The same question of the tree at `root`; of the system itself when that is empty. Values are arguments: not every runner passes on an input. */
export function valuesStep(title: string, questions: readonly Question[], root: string): Step {
  const lines = new Set(questions.map(({ kind, value }) => `${kind} ${value}`));
  return { id: VALUES_STEP, title, argv: ['sh', '-euc', script, root, ...lines], needs: [] };
}

/** Lists what the tree at `$0` has, one name a line; prints nothing where it has no such data. */
const listings: Readonly<Record<QuestionKind, string>> = {
  'time-zone':
    'cd "$0/usr/share/zoneinfo" 2>/dev/null && find . -type f -o -type l | sed "s|^\\./||" | grep -E "^[A-Z]"',
  locale: 'sed "s/[ \\t].*//; /^#/d; /^$/d" "$0/usr/share/i18n/SUPPORTED" 2>/dev/null',
  'key-map':
    'find "$0/usr/share/keymaps" "$0/usr/lib/kbd/keymaps" 2>/dev/null | sed -nE "s|.*/([^/]+)\\.k?map(\\.gz)?$|\\1|p"',
  // `base.lst` lists layouts as `  de   German`, and their variants as `  nodeadkeys   de: German (no dead keys)`.
  layout:
    'awk \'/^!/ { part = $2 } NF > 1 && part == "layout" { print $1 } NF > 1 && part == "variant" { sub(":", "", $2); print $2 " (" $1 ")" }\' "$0/usr/share/X11/xkb/rules/base.lst" 2>/dev/null',
  unit: '{ for folder in usr/lib/systemd/system etc/systemd/system lib/systemd/system; do ls -A "$0/$folder" 2>/dev/null || true; done; ls "$0/etc/init.d" 2>/dev/null | sed "s/$/.service/"; }',
  'user-unit':
    '{ for folder in usr/lib/systemd/user etc/systemd/user; do ls -A "$0/$folder" 2>/dev/null || true; done; }',
  group:
    '{ cut -d: -f1 "$0/etc/group"; cat "$0"/usr/lib/sysusers.d/*.conf 2>/dev/null | sed -nE "s/^[gu]!?[ \\t]+([a-z_][^ \\t]*).*/\\1/p"; }',
};

const script = [
  `asked=$(printf '%s\\n' "$@"); wrong=0`,
  'for kind in $(echo "$asked" | cut -d" " -f1 | sort -u); do',
  '  case $kind in',
  ...Object.entries(listings).map(([kind, command]) => `  ${kind}) known=$({ ${command}; } || true) ;;`),
  '  esac',
  '  test -n "$known" || continue',
  '  told=0',
  '  while read -r one value; do',
  '    test "$one" = "$kind" || continue',
  '    if echo "$known" | grep -qxF -e "$value"; then continue; fi',
  // An instance of a template: `getty@tty1.service` is `getty@.service`.
  '    case $kind-$value in',
  '    *unit-*@*.*) if echo "$known" | grep -qxF -e "${value%%@*}@.${value##*.}"; then continue; fi ;;',
  // Without a variant of its own name, a locale may be written as `de_DE.utf8`.
  '    locale-*.[uU][tT][fF]8*) if echo "$known" | grep -qixF -e "$(echo "$value" | sed "s/\\.utf8/.UTF-8/I")"; then continue; fi ;;',
  '    esac',
  '    echo "missing $kind $value"; wrong=1; told=1',
  '  done <<VALUES',
  '$asked',
  'VALUES',
  '  test "$told" = 0 || echo "$known" | sort -u | sed "s/^/known $kind /"',
  'done',
  'exit "$wrong"',
].join('\n');
