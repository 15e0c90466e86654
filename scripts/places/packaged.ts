/** Whether this is an installed npm package, whose program lies in its `dist/`: `ci/bundle.mjs` puts one that says so in this file’s place. */
export const isPackaged: boolean = false;
