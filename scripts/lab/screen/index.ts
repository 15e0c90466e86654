export { pressTogether } from './keyboard.ts';
export { differingPart, type Picture, plainPart } from './picture.ts';
export { type KeptScreen, Screen } from './screen.ts';
export { plainLine, type ScreenLine, type ScreenRun } from './screen-text.ts';
export { takePicture, takeScreenshot } from './screenshot.ts';
