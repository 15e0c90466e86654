/**
 * The engines. To add one: a folder beside these with an `options.ts`, an `engine.ts` that implements `Engine` of
 * `engine/engine.ts`, and an `index.ts` that exports its `EngineLeaf`; then a line here. It never runs a program itself: what it does
 * is a `Plan`. `build`, its help, completion, refusals of options and `doctor` take the rest from its leaf.
 */
import { direct } from './direct/index.ts';
import type { EngineLeaf } from './engine/index.ts';
import { installer } from './installer/index.ts';
import { livemedia } from './livemedia/index.ts';
import { netinst } from './netinst/index.ts';

export const engines: readonly EngineLeaf[] = [direct, livemedia, netinst, installer];
