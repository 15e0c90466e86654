/** `kickstart-parser/report`: for programs with findings of their own, without the parser, so that they start fast. */
export { closest } from '../interpret/suggest.ts';
export { formatPretty, type SourceLookup, summary } from './pretty.ts';
export { printable } from './printable.ts';
export { type Colours, noColours, type Style, terminalColours } from './style.ts';
