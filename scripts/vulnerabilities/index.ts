/** What distributions know of vulnerabilities in an image: `phyllome cves`. */
export { asFindings } from './findings.ts';
export { isWaiting } from './found.ts';
export { inWords } from './in-words.ts';
export { judgeImage } from './judge.ts';
