export type { Purpose } from './commands-view.ts';
export { concealed } from './conceal.ts';
export { atSource, type LineMap, sourceSpan } from './line-map.ts';
export { placed, renderFlavour } from './render.ts';
export type * from './rendered-set.ts';
export { loadTemplates, type Templates } from './templates.ts';
