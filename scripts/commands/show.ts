import { flag, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { show as asText } from '../explain/index.ts';
import { renderOne } from '../prepare/index.ts';
import { withoutSecrets } from '../report/diagnostics/index.ts';
import { ofFlavour } from './common-flags.ts';

export const name = 'show';
export const help = { summary: 'print the resolved flavour, each value with the line that set it' };
export const flags = { ...ofFlavour, json: flag('for programs') };

/** Prints the resolved flavour, each value with the file and line that set it. */
export function run(asked: Values<typeof flags>, context: ReadingContext): void {
  const { flavour, warnings } = renderOne(asked.flavour, asked, context);
  context.warn(warnings);
  if (asked.json !== true) {
    context.print(asText(flavour).trimEnd().split('\n').map(withoutSecrets).join('\n'));
    return;
  }
  const users = flavour.users.map(({ passwordHash: _secret, ...user }) => user);
  const files = flavour.files.map(({ content, ...file }) => (file.secret === true ? file : { ...file, content }));
  context.print(JSON.stringify({ ...flavour, users, files }, blot, 2));
}

const blot = (_key: string, value: unknown): unknown => (typeof value === 'string' ? withoutSecrets(value) : value);
