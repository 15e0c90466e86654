/** What is in a built system, and what changed between two. */

export { type BuiltSide, isBuilt, readBuiltSide } from './built-side.ts';
export { changelogsInWords } from './changelog/changelog-words.ts';
export { readChangelogs } from './changelog/read-changelogs.ts';
export { commitsBetween } from './commits/commits-between.ts';
export { withCommits } from './commits/with-commits.ts';
export { builtNotes } from './compare/built-notes.ts';
export { builtInWords } from './compare/built-words.ts';
export { causesIn } from './compare/causes.ts';
export { type BuiltComparison, compareBuilt } from './compare/compare-built.ts';
export type { BuiltFrom } from './contents.ts';
export { unpackFiles } from './file-list.ts';
export { dossierFiles } from './keep.ts';
export { type JudgedPoint, type Posture, postureFindings, postureOf } from './posture/judge-posture.ts';
export { postureInText, postureTitles, whyInWords } from './posture/posture-words.ts';
export { readFacts } from './read-facts.ts';
export type { SourceLine } from './reasons/asked-packages.ts';
export { graphOf } from './reasons/graph-of.ts';
export { reasonInWords } from './reasons/reason-in-words.ts';
export { type BuiltReasons, type BuiltSubject, builtReasons } from './reasons/why-built.ts';
export { billOf, loadersIn } from './sbom/bill.ts';
export { type BillFormatId, billFiles, billFormats } from './sbom/formats.ts';
export { type ImageSize, imageSize } from './size/image-size.ts';
export { alongInWords, compressedWords, mebibytes, sizeInText } from './size/size-words.ts';
export { testReports } from './tests/test-reports.ts';
export { type Release, trendOf } from './trend.ts';
export { namesOf, placeOf, unknownPackages } from './unknown-packages.ts';
