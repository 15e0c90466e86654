import Handlebars from 'handlebars';
import { helpers } from './helpers.ts';
import { mark } from './origin-marks.ts';

export const compileOptions: CompileOptions = {
  strict: true,
  noEscape: true,
  preventIndent: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
};

/** Begins each line that prints something with its place. A line of tags alone prints nothing, and Handlebars drops it. */
export function markLines(template: string, file: string): string {
  return template
    .split('\n')
    .map((text, index, all) => {
      const isEnd = index === all.length - 1 && text === '';
      const isTag = /^\s*\{\{(?:[#/>!]|else\b)[^{}]*\}\}\s*$/.test(text);
      return isEnd || isTag ? text : mark({ file, line: index + 1 }) + text;
    })
    .join('\n');
}

/**
 * The compiled template as code, for `precompiled.ts`.
 * @public called by ci/bundle.mjs
 */
export function precompile(template: string, file: string): string {
  return String(Handlebars.precompile(markLines(template, file), compileOptions));
}
