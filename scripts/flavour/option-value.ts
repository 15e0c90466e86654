import { isAddress, isAddressWithPrefix } from './addresses.ts';
import { expressionOf, matches } from './option-pattern.ts';
import { faultOfKey, faultOfReleaseAddress } from './releases.ts';
import type { OptionDefinition, OptionValue } from './source-files.ts';

interface Format {
  readonly inWords: string;
  /** Why a text does not fit, as a part of a sentence, or only that it does not; nothing where it does. */
  readonly fault: (text: string) => string | boolean | undefined;
}

const FORMATS: Readonly<Record<NonNullable<OptionDefinition['format']>, Format>> = {
  address: { inWords: 'an IP address, such as `192.0.2.1` or `2001:db8::1`', fault: (text) => !isAddress(text) },
  'address-with-prefix': {
    inWords: 'an IP address with the prefix length of its network, such as `192.0.2.10/24` or `2001:db8::10/64`',
    fault: (text) => !isAddressWithPrefix(text),
  },
  'release-address': {
    inWords: 'an address such as `https://example.org/releases`, or the absolute path of a directory',
    fault: faultOfReleaseAddress,
  },
  'minisign-key': {
    inWords: 'a public key of minisign: the second line of its file, 56 characters that begin with RW',
    fault: faultOfKey,
  },
};

/** Why a pattern is none; undefined where it is one. */
export function faultOfPattern(pattern: string): string | undefined {
  return expressionOf(pattern) ? undefined : 'is no regular expression';
}

/** What the value must be, where it is not. */
export function violation(definition: OptionDefinition, value: OptionValue): string | undefined {
  const { type, values = [], minimum, maximum } = definition;
  switch (type) {
    case 'enum':
      return typeof value === 'string' && values.includes(value) ? undefined : oneOf(values);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'integer': {
      const range = [minimum, maximum].map((limit) => limit ?? '…').join(' to ');
      const isIn =
        Number.isInteger(value) && Number(value) >= (minimum ?? -Infinity) && Number(value) <= (maximum ?? Infinity);
      return isIn
        ? undefined
        : `a whole number${minimum === undefined && maximum === undefined ? '' : ` from ${range}`}`;
    }
    case 'list': {
      const entries = Array.isArray(value) ? value : undefined;
      const like = entries?.map((entry) => unlike(definition, String(entry))).find((one) => one !== undefined);
      if (entries !== undefined && like === undefined) return undefined;
      return definition.format === undefined
        ? `a list${definition.pattern === undefined ? '' : ` of entries ${like ?? wantedText(definition)}`}`
        : `a list, each entry ${like ?? wantedText(definition)}`;
    }
    case 'string': {
      const like = typeof value === 'string' ? unlike(definition, value) : wantedText(definition);
      if (like === undefined) return undefined;
      return definition.format === undefined ? `text ${like}`.trimEnd() : like;
    }
  }
}

/** Which entry of a list is not as it must be, the first of them; undefined where it is the list itself. */
export function wrongEntry(definition: OptionDefinition, value: OptionValue): number | undefined {
  if (definition.type !== 'list' || !Array.isArray(value)) return undefined;
  const index = value.findIndex((entry) => unlike(definition, String(entry)) !== undefined);
  return index === -1 ? undefined : index;
}

/** What one text must be like, where it is not. */
function unlike(definition: OptionDefinition, text: string): string | undefined {
  const { pattern, format } = definition;
  const isEmptyFormat = format !== undefined && text === '' && definition.type === 'string';
  const fault = format === undefined || isEmptyFormat ? undefined : FORMATS[format].fault(text);
  const fitsFormat = fault === undefined || fault === false;
  if (pattern === undefined && fitsFormat) return undefined;
  if (typeof fault === 'string') return `${wantedText(definition)}; what is there ${fault}`;
  if (pattern === undefined) return wantedText(definition);
  const matched = matches(pattern, text);
  if (matched === 'takes too long')
    return `that its pattern /${pattern}/ can be compared with: it repeats what repeats`;
  return matched === 'yes' && fitsFormat ? undefined : wantedText(definition);
}

/** An example says more than a regular expression; where there is none, the option's own words are shown beside. */
function wantedText({ pattern, format, example }: OptionDefinition): string {
  if (format !== undefined) return FORMATS[format].inWords;
  if (example !== undefined) return `such as \`${example}\``;
  return pattern === undefined ? '' : 'as its description asks for';
}

function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  const last = quoted.pop() ?? 'nothing';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}
