import { check, flatten, format, parse, print } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { processorMilliseconds } from './processor-time.ts';

/** Of a processor; several times what a linear reader needs here, far less than a quadratic one. */
const LIMIT_MILLISECONDS = 6_000;

const COMMANDS = [
  'part /m{} --size=100 --fstype="ext4" # comment',
  'services --enabled=a{},b',
  'user --name=u{}',
  'lang a{} b',
  '# comment',
];

const texts: Readonly<Record<string, () => string>> = {
  'a script of 4 MB': () =>
    `%post --erroronfail\n${'echo "a line of a script" # with a comment\n'.repeat(100_000)}%end\n`,
  'a kickstart of 40,000 lines': () => repeated(40_000 / COMMANDS.length, COMMANDS.join('\n')),
  '100,000 words on a line': () => `part${' x'.repeat(100_000)}\nvolgroup${' x'.repeat(100_000)}\n`,
  '100,000 options on a line': () => `firewall${' --trust=x --ssh --bogus'.repeat(33_333)}\n`,
  '20,000 packages': () => `%packages\n${repeated(20_000, 'package-{}')}%end\n`,
  '20,000 sections': () => repeated(20_000, '%post\necho {}\n%end'),
  '20,000 unknown section names': () => repeated(20_000, '%unknown{}'),
};

/** Copies of some lines, with the number of the copy in place of `{}`. */
function repeated(count: number, lines: string): string {
  return Array.from({ length: count }, (_value, index) => `${lines.replaceAll('{}', String(index))}\n`).join('');
}

test.each(Object.keys(texts))('%s in linear time', { timeout: 60_000 }, (name) => {
  const text = texts[name]?.() ?? '';
  const start = processorMilliseconds();
  const document = parse(text);
  expect(print(document) === text).toBe(true);
  check(document, { checkShell: false });
  format(document);
  flatten(document, { read: () => undefined, optional: true });
  expect(processorMilliseconds() - start).toBeLessThan(LIMIT_MILLISECONDS);
});
