/** The directory that hosts fetch releases from: what may become one, and the signed index of each channel. */
export { channels } from './channel-index.ts';
export { release } from './release.ts';
