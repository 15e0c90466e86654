/** What `phyllome test` and the package's `test` do: from what somebody asks to machines, verdicts and reports. */
export { attachments, type MediumOptions } from './medium-of.ts';
export { playScenarios, type ScenarioOptions } from './play-scenarios.ts';
export { directoryOfFile, type FileOptions, isPath, testFile } from './test-file.ts';
export { type FlavourOptions, testFlavour } from './test-flavour.ts';
export { problemsOf, type Tested, type TestingContext, type Watch } from './tested.ts';
export { refuseStrangers } from './what-goes-together.ts';
