export { kickstartVersion } from './kickstart-version.ts';
export {
  buildDirectoryOf,
  holdsSecret,
  type Prepared,
  prepareFlavour,
  renderOne,
  resolveOne,
} from './prepare.ts';
export { directoriesOf } from './source-directories.ts';
export { withSources } from './with-sources.ts';
