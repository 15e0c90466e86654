/** A line of a text that somebody pasted, without what the pasting added. */
export interface PastedLine {
  readonly text: string;
  /** In the file, from 1. */
  readonly number: number;
}

/** A prompt and what was typed behind it: `ada@host:~$ lspci -nnk`, `[root@host ~]# sh probe.sh`, `$ sh probe.sh`. */
const PROMPT =
  /^(?:\[?[\w.-]+@[\w.-]+[^#$%]*[#$%]|[$%]|#(?= ?(?:sudo|sh|bash|lspci|inxi|lshw|for|cat|phyllome|npx)\b)) ?\S/;
const FENCE = /^(?:```|~~~)|^\[\/?(?:code|spoiler|quote)(?:=[^\]]*)?\]$/i;

/** Colours as a terminal has them, with their escape character and where a forum has dropped it, and as chats have them. */
const [ESCAPE, CHAT, ...STYLES] = [27, 3, 2, 15, 31].map((code) => String.fromCharCode(code));
const COLOUR = new RegExp(
  `${ESCAPE}\\[[\\d;]*m|\\[\\d{1,3}(?:;\\d{1,3})*m|${CHAT}(?:\\d{1,2}(?:,\\d{1,2})?)?|[${STYLES.join('')}]`,
  'g',
);
/** As the source of a web page has them. */
const ENTITIES: Readonly<Record<string, string>> = { gt: '>', lt: '<', quot: '"', nbsp: ' ', '#39': "'", amp: '&' };

/**
 * The lines of a text as it was before it went through a forum, a mail or a chat: decoded, without byte order mark, code
 * fences, quote marks, colours, prompts, tabs and the spaces around. In a dump and in a listing none of these means anything.
 */
export function pastedLines(bytes: Uint8Array): readonly PastedLine[] {
  const lines = decode(bytes)
    .replace(COLOUR, '')
    .replace(/&(gt|lt|quot|nbsp|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll('\u00a0', ' ')
    .split(/\r\n|\n|\r/)
    .map((raw, index) => ({ text: unquoted(raw).replaceAll('\t', ' ').trim(), number: index + 1 }));
  return fenced(lines).filter(({ text }) => !PROMPT.test(text));
}

/** What stands between fences, where there are any: what was written around them is no part of it. */
function fenced(lines: readonly PastedLine[]): readonly PastedLine[] {
  let isInside = false;
  const inside = lines.filter(({ text }) => {
    if (!FENCE.test(text)) return isInside;
    isInside = !isInside;
    return false;
  });
  return inside.length > 0 ? inside : lines;
}

/** UTF-8, or UTF-16 as some editors and PowerShell write it: with its mark, or told by its zero bytes. */
function decode(bytes: Uint8Array): string {
  const zeros = (from: number) =>
    bytes.subarray(0, 200).filter((byte, index) => index % 2 === from && byte === 0).length;
  const isLittle = (bytes[0] === 0xff && bytes[1] === 0xfe) || zeros(1) > 20;
  const isBig = (bytes[0] === 0xfe && bytes[1] === 0xff) || zeros(0) > 20;
  const label = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  // The mark is left out by the decoder.
  return new TextDecoder(label).decode(bytes);
}

function unquoted(line: string): string {
  return line.replace(/^(?: ?>)+ ?/, '');
}
