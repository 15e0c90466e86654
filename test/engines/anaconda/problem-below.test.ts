import { expect, test } from 'vitest';
import { explainBuildFailure } from '../../../scripts/engines/anaconda/index.ts';

const kickstart = { file: 'nano.ks', text: Array<string>(20).fill('# a line').join('\n') };
const told = (...lines: string[]) =>
  explainBuildFailure({ evidence: [{ name: 'output', lines }], ending: 'it ended', kickstart });
const HEAD = 'The following problem occurred on line 12 of the kickstart file:';

test.each([
  ['Disk "vda" given in ignoredisk command does not exist.'],
  ['Specified nonexistent disk sda in clearpart command'],
  ['No preexisting RAID device with the name "md0" was found.'],
  ['The option UTC is not possible here'],
  ['No volume group exists with the name "vg". Specify volume groups before logical volumes.'],
  ['The mount point "data" is not valid. It must start with a /.'],
  ['Partition requires a size specification.'],
  ['Tried to use undefined partition "raid.01" in RAID specification.'],
  ['Logical volume name "root" is already in use in volume group "vg".'],
  ['The "zfs" file system type is not supported.'],
])('what a line names and is not there is no line that is not understood: %s', (problem) => {
  expect(told(HEAD, '', problem, '', 'Install failed: novirt_install failed')).toMatchObject({
    code: 'livemedia-kickstart-line',
    message: `Anaconda cannot do what this line of the kickstart asks for: ${problem}`,
    span: { file: 'nano.ks', start: { line: 12 } },
  });
});

test.each([
  ['Unknown command: foo'],
  ['unrecognized arguments: --spam'],
  ["argument --size: invalid int value: 'big'"],
  ['the following arguments are required: --name'],
  ['Section %packages does not end with %end.'],
  ['Unknown kickstart section: %psot'],
  ['device command requires two arguments: module type and name'],
  ['Kickstart command eula does not take any arguments'],
  ['--chunksize and --metadatasize are for thin pools only'],
  ['--default and --nobase cannot be used together'],
  ['--mkfsoptions with --noformat has no effect.'],
  ['--resize can only be used in conjunction with --onpart'],
  ['--resize requires --size to specify new size'],
  ['--thin and --thinpool cannot both be specified for the same logvol'],
  ['A single argument is expected for the sshpw command'],
  ['Action create requires --namespace argument to be set'],
  ['Group cannot specify both --nodefaults and --optional'],
  ['Invalid raid level: raid7'],
  ['Members may not be specified for preexisting volgroup'],
  ['No size given for logical volume. Use one of --useexisting, --noformat, --size, --percent, or --hibernation.'],
  ['One of --drives or --only-use must be specified for ignoredisk command.'],
  ['One of --disabled or --enabled must be provided.'],
  ['Only one of --baseurl, --mirrorlist options may be specified for repo command.'],
  ['Partitions required for raid'],
  ['autopart --fstype=btrfs is not valid fstype, use --type=btrfs instead'],
  ['btrfs must be given a list of partitions'],
  ['volgroup must be given a VG name'],
])('what is not written as it should be is: %s', (problem) => {
  expect(told(HEAD, '', problem, '', 'The installer will now terminate.')).toMatchObject({
    code: 'livemedia-kickstart-syntax',
    message: `Anaconda does not understand this line of the kickstart: ${problem}`,
  });
});

test('a problem of several lines is told whole, and a log that ends says nothing', () => {
  expect(told(HEAD, 'a device with', 'this name is not there').message).toMatch(
    /: a device with this name is not there$/,
  );
  expect(told(HEAD).message).toMatch(/: it does not say what$/);
});

const TRACEBACK = [
  'Traceback (most recent call last):',
  ...Array.from({ length: 30 }, (_, at) => `  File "x.py", line ${at}, in f`),
];

test('of a traceback the end is shown, and said', () => {
  const { message, hint } = told('before', ...TRACEBACK, "KeyError: 'vmlinuz'", 'after');
  expect(message).toContain("with an error of its own: KeyError: 'vmlinuz'");
  expect(hint).toContain("KeyError: 'vmlinuz'");
  expect(hint).toContain('line 29, in f');
  expect(hint).not.toContain('line 10, in f');
});

test('of several in a chain the last one counts; one that is cut off is told as that', () => {
  const chain = ['', 'During handling of the above exception, another exception occurred:', ''];
  expect(told(...TRACEBACK, 'KeyError: 1', ...chain, ...TRACEBACK, 'RuntimeError: 2').message).toContain(
    ': RuntimeError: 2',
  );
  expect(told(...TRACEBACK).message).toContain('its last line is missing');
});
