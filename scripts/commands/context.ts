export type { Context, ReadingContext } from '../context/index.ts';
