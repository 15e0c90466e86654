import type { Diagnostic } from './diagnostic.ts';
import { type KickstartVersion, LATEST_VERSION } from './grammar/version.ts';
import { interpret } from './interpret/interpret.ts';
import type { KickstartModel } from './model/model.ts';
import type { Document } from './syntax/tree.ts';

/** Says what is wrong with a kickstart in the syntax of a release. Errors are what the installer refuses. */
export function validate(document: Document, version: KickstartVersion = LATEST_VERSION): Diagnostic[] {
  return [...interpret(document, version).diagnostics];
}

/** Says what a kickstart means in the syntax of a release. Lines in error are left out. */
export function model(document: Document, version: KickstartVersion = LATEST_VERSION): KickstartModel {
  return interpret(document, version).model;
}
