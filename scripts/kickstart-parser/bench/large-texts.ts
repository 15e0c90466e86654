const COMMANDS = [
  'part /m{} --size=100 --fstype="ext4" # comment',
  'services --enabled=a{},b',
  'user --name=u{}',
  'lang a{} b',
  '# comment',
];

/** Kickstarts that are large in one way each, by how much of it there is: reading them has to stay linear. */
export const largeTexts: Readonly<Record<string, (count: number) => string>> = {
  'lines of a script': (count) =>
    `%post --erroronfail\n${'echo "a line of a script" # with a comment\n'.repeat(count)}%end\n`,
  commands: (count) => repeated(count / COMMANDS.length, COMMANDS.join('\n')),
  'words on a line': (count) => `part${' x'.repeat(count)}\nvolgroup${' x'.repeat(count)}\n`,
  'options on a line': (count) => `firewall${' --trust=x --ssh --bogus'.repeat(count / 3)}\n`,
  packages: (count) => `%packages\n${repeated(count, 'package-{}')}%end\n`,
  sections: (count) => repeated(count, '%post\necho {}\n%end'),
  'unknown section names': (count) => repeated(count, '%unknown{}'),
};

/** Copies of some lines, with the number of the copy in place of `{}`. */
function repeated(count: number, lines: string): string {
  return Array.from({ length: count }, (_value, index) => `${lines.replaceAll('{}', String(index))}\n`).join('');
}
