import type { YAMLError } from 'yaml';

interface Words {
  readonly message: string;
  readonly hint?: string;
}

/** What the YAML library finds, in words that tell what to write instead. Its own speak of its grammar. */
export function yamlWords({ code, message }: Pick<YAMLError, 'code' | 'message'>): Words {
  const known = WORDS.find((row) => row.code === code && (row.pattern?.test(message) ?? true));
  if (known !== undefined) return known.words;
  return { message: `this cannot be read as YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}` };
}

const SAME_COLUMN = 'entries of one list or map begin in the same column';
const QUOTE = 'quote the text: `summary: "a host: mine"`';

/** By code, and by what the message says where one code stands for several mistakes; the first row that fits counts. */
const WORDS: readonly { readonly code: YAMLError['code']; readonly pattern?: RegExp; readonly words: Words }[] = [
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    pattern: /block sequence/,
    words: { message: 'the entries of this list do not begin in the same column', hint: SAME_COLUMN },
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    words: {
      message: 'a text with `: ` in it has to be quoted',
      hint: `${QUOTE}. Or the next line is indented too far`,
    },
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    words: {
      message: 'a line has no `:` behind its key, or a text goes on where a key should stand',
      hint: 'each key stands on a line of its own, as `key: value`',
    },
  },
  {
    code: 'MISSING_CHAR',
    pattern: /quote/,
    words: { message: 'a quoted text has no end', hint: 'close it with the same kind of quote' },
  },
  {
    code: 'MISSING_CHAR',
    pattern: /followed by map values|Implicit keys? need/,
    words: { message: 'this is neither `key: value` nor an entry `- …`', hint: 'is the `:` missing?' },
  },
  {
    code: 'MISSING_CHAR',
    pattern: /, between|Missing ,/,
    words: { message: 'a comma is missing between two entries', hint: '`[one, two]`, `{one: 1, two: 2}`' },
  },
  { code: 'MISSING_CHAR', words: { message: 'a closing `]`, `}` or a `:` is missing before this' } },
  {
    code: 'BAD_INDENT',
    pattern: /end with|\] or \}|flow/i,
    words: { message: 'a closing `]` or `}` is missing before this' },
  },
  {
    code: 'BAD_INDENT',
    words: { message: 'this line begins further left or right than those that it belongs to', hint: SAME_COLUMN },
  },
  {
    code: 'TAB_AS_INDENT',
    words: { message: 'this line is indented by a tab', hint: 'YAML knows spaces only; two for each level' },
  },
  {
    code: 'BAD_SCALAR_START',
    words: { message: 'a text that begins with `@`, `` ` `` or `%` has to be quoted', hint: QUOTE },
  },
  {
    code: 'BAD_DQ_ESCAPE',
    words: {
      message: 'a `\\` in double quotes begins a sign, and this is none',
      hint: "in single quotes it stands for itself: `'\\.service'`",
    },
  },
  { code: 'TAG_RESOLVE_FAILED', words: { message: 'a text that begins with `!` has to be quoted', hint: QUOTE } },
  {
    code: 'MULTIPLE_DOCS',
    words: { message: 'a second document begins here', hint: 'a file holds one: take the `---` away' },
  },
  {
    code: 'UNEXPECTED_TOKEN',
    pattern: /block-seq-ind/,
    words: { message: 'a list begins on a line of its own', hint: 'or is written as `[one, two]`' },
  },
  {
    code: 'UNEXPECTED_TOKEN',
    pattern: /flow-(?:seq|map)-end/,
    words: { message: 'nothing was opened that a `]` or `}` could close here' },
  },
  {
    code: 'UNEXPECTED_TOKEN',
    pattern: /Block scalar header/,
    words: {
      message: 'behind `|` and `>` the text begins on the next line',
      hint: 'a text that begins with one of them has to be quoted',
    },
  },
  {
    code: 'UNEXPECTED_TOKEN',
    words: {
      message: 'this follows a value that has ended before it',
      hint: 'a text with `#`, `: ` or a closing quote in its middle has to be quoted as a whole',
    },
  },
  {
    code: 'BLOCK_IN_FLOW',
    words: {
      message: 'inside of `[…]` and `{…}` there are no lines with `- ` or `key:` of their own',
      hint: 'is a `]` or `}` missing before this?',
    },
  },
];
