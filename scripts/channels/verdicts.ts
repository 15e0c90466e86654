import { type Fields, objectsOf, textOf } from '../files/index.ts';
import { bootsAs, outputIds } from '../outputs/index.ts';
import type { StatedTest } from '../release/index.ts';

/**
 * Why images are not to be published, a sentence each: a test that failed, by its name and with the checks; an image that firmware
 * starts and no test has started.
 * @param manifest what was made
 * @param signed results that are signed
 * @param reported what reports beside the images say, signed or not
 */
export function verdictFaults(
  manifest: Fields,
  signed: readonly StatedTest[],
  reported: readonly StatedTest[],
): readonly string[] {
  const all = new Map([...reported, ...signed].map((test) => [keyOf(test), test]));
  const failed = [...all.values()].filter(({ result }) => result !== 'PASSED').map(failureInWords);
  const known = new Set(signed.map(keyOf));
  const unsigned = reported
    .filter((test) => test.result === 'PASSED' && !known.has(keyOf(test)))
    .map(({ report }) => `${report} is not signed: it came after the signature`);
  const passed = new Set(signed.filter(({ result }) => result === 'PASSED').map(({ file }) => file));
  const images = objectsOf(manifest.outputs).flatMap(({ output, files }) => {
    const word = outputIds.find((id) => id === output);
    if (word === undefined || bootsAs(word) === undefined) return [];
    return [objectsOf(files).map(({ file }) => textOf(file))];
  });
  const untested = images
    .filter((files) => !files.some((file) => passed.has(file)))
    .map(([image]) => `no signed test has started ${image}`);
  const nothing = images.length === 0 ? ['there is no image in it that a computer could start'] : [];
  return [...failed, ...unsigned, ...untested, ...nothing];
}

const keyOf = ({ report, reportSha256 }: StatedTest) => `${report} ${reportSha256}`;

function failureInWords({ report, result, failed }: StatedTest): string {
  const name = report.replace(/\/results\.json$/, '');
  const checks = failed.length === 0 ? result.toLowerCase() || 'no verdict' : failed.join(', ');
  return `${name} failed: ${checks}`;
}
