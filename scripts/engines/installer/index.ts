export { installerMenu } from './boot-menu.ts';
export { type InstallerRequest, planInstaller, planSource } from './plan.ts';
export { readSource } from './read-source.ts';
