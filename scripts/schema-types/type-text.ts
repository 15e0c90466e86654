import path from 'node:path';
import { compile } from 'json-schema-to-typescript';
import { bundle } from './bundle.ts';

/**
 * The TypeScript that schema files describe, formatted like the rest.
 * @param files their paths below `checkout`
 */
export async function typeText(files: readonly string[], checkout: string): Promise<string> {
  const { name, schema } = bundle(files.map((file) => path.join(checkout, file)));
  const text = await compile(schema, name, {
    bannerComment: `// Made by \`npm run types\` from the schemas in ${path.dirname(files[0] ?? '')}. Edit those, not this.`,
    style: { printWidth: 120, singleQuote: true },
  });
  return `${forReading(text).trimEnd()}\n`;
}

/** The entry of a list: a name, a word in quotes, or alternatives in parentheses. */
const ENTRY = /(?<!readonly )(\b\w+|'[^']*'|\([^()]*\))/.source;

/** What was read from a file is not changed, and the generator has no option that says so. */
function forReading(text: string): string {
  return text
    .replaceAll(/^( +)(?=(?:\w+\??|\[k: string\]):\s)/gm, '$1readonly ')
    .replaceAll(new RegExp(`${ENTRY}\\[\\]\\[\\]`, 'g'), 'readonly (readonly $1[])[]')
    .replaceAll(new RegExp(`${ENTRY}\\[\\]`, 'g'), 'readonly $1[]')
    .replaceAll(/\/\*\*\n +\* (.*)\n +\*\//g, '/** $1 */')
    .replaceAll(/(?<!\*\/|\n)\n(?=\/\*\* |export )/g, '\n\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}
