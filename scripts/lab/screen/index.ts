export { type KeptScreen, Screen } from './screen.ts';
export { plainLine, type ScreenLine, type ScreenRun } from './screen-text.ts';
export { takeScreenshot } from './screenshot.ts';
