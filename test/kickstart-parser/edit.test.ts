import { edit, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';

const TEXT = `# base
lang   en_US.UTF-8 # language
part / --siz=100 --grow   --label "my root"  # root

%packages   --excludedocs
vim # editor
@core
%end
%post
echo hi
%end
`;

function command(name: string) {
  const document = parse(TEXT);
  const node = document.nodes.filter((n) => n.kind === 'command').find((n) => n.name === name);
  if (node === undefined) throw new Error(`no ${name}`);
  return { document, node };
}

test('an option changes where it stands, however it is abbreviated', () => {
  const { document, node } = command('part');
  const text = edit(document, 'F44').setOption(node, '--size', '4096').setOption(node, '--label', 'a "b"').text();
  expect(text).toBe(TEXT.replace('--siz=100', '--size=4096').replace('--label "my root"', '--label="a \\"b\\""'));
});

test('a new option goes to the end of the words, before the comment', () => {
  const { document, node } = command('part');
  expect(edit(document).setOption(node, '--recommended').text()).toBe(
    TEXT.replace('root"  #', 'root" --recommended  #'),
  );
});

test('a removed option takes its value and the blanks before it along', () => {
  const { document, node } = command('part');
  expect(edit(document).removeOption(node, '--label').removeOption(node, '--grow').text()).toBe(
    TEXT.replace(' --grow   --label "my root"', ''),
  );
});

test('commands are added behind the last one, replaced without their comment, and removed as lines', () => {
  const { document, node } = command('lang');
  expect(edit(document).addCommand('keyboard us').text()).toBe(TEXT.replace('# root\n', '# root\nkeyboard us\n'));
  expect(edit(document).addCommand('keyboard us', node).text()).toBe(
    TEXT.replace('language\n', 'language\nkeyboard us\n'),
  );
  expect(edit(document).replaceCommand(node, 'lang C').text()).toBe(TEXT.replace('lang   en_US.UTF-8', 'lang C'));
  expect(edit(document).remove(node).text()).toBe(TEXT.replace('lang   en_US.UTF-8 # language\n', ''));
});

test('packages are added and removed', () => {
  const { document } = command('lang');
  const text = edit(document).removePackage('vim').addPackage('-nano').removePackage('absent').text();
  expect(text).toBe(TEXT.replace('vim # editor\n', '').replace('@core\n', '@core\n-nano\n'));
  expect(edit(parse('lang C')).addPackage('vim').text()).toBe('lang C\n\n%packages\nvim\n%end\n');
});

test('sections have options and bodies', () => {
  const { document } = command('lang');
  const sections = document.nodes.filter((node) => node.kind === 'section');
  const [packages, post] = sections;
  if (packages === undefined || post === undefined) throw new Error('no sections');
  const text = edit(document)
    .setOption(post, '--erroronfail')
    .setBody(post, 'true')
    .removeOption(packages, '--excludedocs')
    .text();
  expect(text).toBe(
    TEXT.replace('%post\necho hi', '%post --erroronfail\ntrue').replace('%packages   --excludedocs', '%packages'),
  );
  expect(edit(document).remove(post).addSection('%pre', 'date').text()).toBe(
    `${TEXT.slice(0, TEXT.indexOf('%post'))}\n%pre\ndate\n%end\n`,
  );
});

test('two changes of the same text are refused', () => {
  const { document, node } = command('lang');
  expect(() => edit(document).remove(node).replaceCommand(node, 'lang C').text()).toThrow('Two edits');
});
