/** Numbers over releases: text, and a page with plots. */
export { trendPage } from './trend-page.ts';
export { trendText } from './trend-text.ts';
