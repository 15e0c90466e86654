import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { helpers } from './helpers.ts';
import { mark } from './origin-marks.ts';
import type { View } from './view.ts';

const SUFFIX = '.ks.hbs';
const MAIN = 'kickstart';

/** The compiled templates of a folder, and the names of their files. */
export interface Templates {
  readonly files: ReadonlySet<string>;
  render(view: View): string;
}

/** Loads `*.ks.hbs`: `kickstart.ks.hbs` is the whole, the others are its partials. `label` is the folder's name in the map. */
export function loadTemplates(folder: string, label: string): Templates {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .sort();
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  const options: CompileOptions = {
    strict: true,
    noEscape: true,
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
  };
  const files = new Map(names.map((name) => [name.slice(0, -SUFFIX.length), path.posix.join(label, name)]));
  for (const [name, file] of files) {
    const text = readFileSync(path.join(folder, name + SUFFIX), 'utf8');
    handlebars.registerPartial(name, handlebars.compile(markLines(text, file), options));
  }
  const main = handlebars.compile<View>(`{{> ${MAIN}}}`, options);
  return { files: new Set(files.values()), render: (view) => main(view) };
}

/** Begins each line that prints something with its place. A line of tags alone prints nothing, and Handlebars drops it. */
function markLines(template: string, file: string): string {
  return template
    .split('\n')
    .map((text, index, all) => {
      const isEnd = index === all.length - 1 && text === '';
      const isTag = /^\s*\{\{(?:[#/>!]|else\b)[^{}]*\}\}\s*$/.test(text);
      return isEnd || isTag ? text : mark({ file, line: index + 1 }) + text;
    })
    .join('\n');
}
