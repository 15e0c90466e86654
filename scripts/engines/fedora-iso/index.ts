export { fedoraMedium, type MediumOptions } from './fedora-medium.ts';
export type { FedoraIso } from './verify.ts';
