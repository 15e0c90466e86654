export { type Font, readFonts } from './font.ts';
export { pressTogether, typeOnKeyboard } from './keyboard.ts';
export { differingPart, type Picture, plainPart } from './picture.ts';
export { textOf } from './picture-text.ts';
export { type KeptScreen, Screen } from './screen.ts';
export { plainLine, type ScreenLine, type ScreenRun } from './screen-text.ts';
export { takePicture, takeScreenshot } from './screenshot.ts';
export { Stillness } from './stillness.ts';
