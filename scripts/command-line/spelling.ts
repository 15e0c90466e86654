import type { Parameter } from './declaration.ts';

/** `dryRun` as it is typed: `--dry-run`. */
export function optionName(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** An option as help shows it: `--only <check...>`. */
export function optionInWords(key: string, { takes, several, listed }: Parameter<unknown>): string {
  const value = takes && ` <${takes.name}${several ? '...' : listed ? ',…' : ''}>`;
  return `${optionName(key)}${value ?? ''}`;
}

/** An operand as help shows it: `<flavour>`, `[file]`. */
export function operandInWords({ takes, operand, several }: Parameter<unknown>): string {
  const name = `${takes?.name}${several ? '...' : ''}`;
  return operand === 'required' ? `<${name}>` : `[${name}]`;
}
