export { type FedoraIso, findIso, type IsoRequest } from './verify.ts';
