import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { compileOptions, markLines } from './compile-template.ts';
import { helpers } from './helpers.ts';
import { precompiled } from './precompiled.ts';
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
  const files = new Map(names.map((name) => [name.slice(0, -SUFFIX.length), path.posix.join(label, name)]));
  for (const [name, file] of files) {
    const text = readFileSync(path.join(folder, name + SUFFIX), 'utf8');
    const ready = precompiled.get(`${file}\n${text}`);
    handlebars.registerPartial(
      name,
      ready ? handlebars.template(ready) : handlebars.compile(markLines(text, file), compileOptions),
    );
  }
  const main = handlebars.compile<View>(`{{> ${MAIN}}}`, compileOptions);
  return { files: new Set(files.values()), render: (view) => main(view) };
}
