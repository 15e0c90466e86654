import { medium, offline } from '../engine/index.ts';

export const options = { ...medium, offline };
