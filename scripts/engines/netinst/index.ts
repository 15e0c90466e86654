export type { BootMethod } from './machine.ts';
export { type NetinstRequest, planNetinst } from './plan.ts';
export { runNetinst } from './run.ts';
