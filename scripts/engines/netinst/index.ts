export type { BootMethod } from './machine.ts';
export { type NetinstRequest, planNetinst, workName } from './plan.ts';
export { watchInstallation } from './watch-installation.ts';
