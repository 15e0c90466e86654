import { canonical, type KickstartVersion, model, parse, validate } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { rereadProblem } from './comparison.ts';

/** Rules that neither the option table nor one of the recorded cases shows. */
const RULES: readonly { text: string; version?: KickstartVersion; messages: readonly string[] }[] = [
  { text: 'realm join a.example\nrealm join b.example\n', messages: ['realm join can be there only once'] },
  { text: 'realm join --comp=a#b --no-pass -- #c\n', messages: [] },
  {
    text: 'realm join --client-software sssd --no-password=x\n',
    messages: ['--no-password takes no value', 'realm join needs one realm, behind the options'],
  },
  {
    text: 'realm join --co=a --c=b --client-software\n',
    messages: [
      '"--c" could be --computer-ou or --client-software',
      '--client-software needs a value',
      'realm join needs one realm, behind the options',
    ],
  },
  { text: 'realm join a\\\n', messages: ['This quote or backslash is never closed'] },
  { text: '%certificate --filename=f --dir=\nx\n%end\n', messages: ['%certificate needs --dir or --type'] },
  { text: 'skipx -- x\n', messages: ['F44 has no option -- here', '"x" is one word too many'] },
  {
    text: 'network -- --ip=x\n',
    messages: ['F44 has no option -- here', 'Behind -- even --ip is just a word'],
  },
  { text: 'updates http://a http://b\n', version: 'RHEL8', messages: ['updates takes one URL'] },
  { text: 'zfcp --devnum=1 --wwpn= --fcplun=2\n', version: 'RHEL8', messages: [] },
  { text: 'zfcp --devnum=1 --wwpn= --fcplun=2\n', messages: ['--wwpn and --fcplun need each other'] },
  { text: 'zfcp --devnum=\n', messages: ['--devnum must not be empty'] },
  {
    text: 'driverdisk "" --source=a\n',
    messages: ['driverdisk needs exactly one of a partition, --source, --biospart'],
  },
  {
    text: 'volgroup --useexisting --what\n',
    messages: ['volgroup needs a name'],
  },
  {
    text: 'timezone UTC --ntpservers=a\ntimezone UTC --nontp\n',
    version: 'RHEL8',
    messages: ['--nontp and --ntpservers exclude each other'],
  },
  { text: 'nvdimm use\n', version: 'RHEL9', messages: ['nvdimm use needs --namespace or --blockdevs'] },
  {
    text: 'nvdimm reconfigure\n',
    version: 'RHEL9',
    messages: ['nvdimm reconfigure needs --namespace', 'nvdimm reconfigure needs --sectorsize'],
  },
  {
    text: 'nvdimm use --blockdevs=a\nnvdimm use --blockdevs=a\n',
    version: 'RHEL9',
    messages: ['A second "nvdimm" for use a'],
  },
];

test.each(RULES)('$text', ({ text, version = 'F44', messages }) => {
  expect(
    validate(parse(text), version)
      .filter(({ code }) => !code.startsWith('deprecated'))
      .map(({ message }) => message),
  ).toEqual(messages);
});

describe('canonical form', () => {
  test.each([
    ['lang ""\niscsiname ""\n', ''],
    ["realm join --one='a b' a.b\n", "realm join '--one=a b' a.b\n"],
    ["realm join it\\'s\n", `realm join 'it'"'"'s'\n`],
    ["%pre --log=''\nx\n%end\n", '\n%pre --logfile=\nx\n%end\n'],
    [
      'ostreecontainer --url=u --stateroot=s --remote=r\nostreecontainer --url=u --remote=\n',
      'ostreecontainer --stateroot="s" --remote="s" --url="u"\n',
    ],
    ['sshpw --username=a -1\n', 'sshpw --username=a --plaintext -1\n'],
    ['sshpw --username=a ""\n', 'sshpw --username=a --plaintext ""\n'],
    ['sshpw --username=a b -- --lock\n', 'sshpw --username=a --plaintext "b --lock"\n'],
    ['#platform=a\n#platform= b \n #platform=c\n', '#platform=b\n'],
    ['#platform=a\n#platform=\n', ''],
    ['%packages\n@^e\n-@^e\n-@g\n-@g\n-@ h\n%end\n', '\n%packages\n-@ h\n-@g\n-@g\n\n%end\n'],
    ['%packages\n-@^e\n@^e\n%end\n', '\n%packages\n-@^e\n@^e\n\n%end\n'],
    [
      '%packages --default\n%end\n%packages --nocore\na\n%end\n',
      '\n%packages --default\n\n%end\n\n%packages --nocore\na\n\n%end\n',
    ],
    ['%packages --inst-langs="a b"\n@^\n%end\n', '\n%packages --inst-langs="a b"\n\n%end\n'],
    [
      '%certificate --dir=/d --filename=f --type=ca\nx\n%end\n',
      '\n%certificate --filename="f" --type="ca" --dir="/d"\nx\n%end\n',
    ],
    ['%packages\n%end\n%addon a\n%end\n%addon b\n%end\n', '\n%addon a\n%end\n\n%addon b\n%end\n%packages\n\n%end\n'],
  ])('%j', (text, expected) => {
    const kickstart = model(parse(text), 'F45');
    expect(canonical(kickstart).replace('bootloader --location=none\n', '')).toBe(expected);
    expect(rereadProblem(kickstart)).toBeUndefined();
  });
});

test.each(['harddrive --dir="" --partition=sda1', 'ostreecontainer --url=""', 'iscsi --ipaddr=192.0.2.1 --port=0'])(
  'the canonical form keeps what %s says',
  (text) => {
    const again = canonical(model(parse(`${text}\n`), 'F44'));
    expect(again).toContain(text);
    expect(validate(parse(again), 'F44')).toEqual([]);
  },
);

test('a network device comes up at boot unless told not to', () => {
  const onboot = (text: string) => model(parse(text), 'F44').commands.network[0]?.onboot;
  expect(onboot('network --device=e\n')).toBe(true);
  expect(onboot('network --device=e --onboot=no\n')).toBe(false);
});

test.each([
  ['volgroup vg "" pv.1', ['', 'pv.1']],
  ["volgroup vg pv.1 ''", ['pv.1', '']],
  ['volgroup vg --pesize=4 "" pv.1', ['', 'pv.1']],
  ['volgroup vg "" ""', ['', '']],
])('an empty word of a volume group stays one in canonical form: %s', (text, members) => {
  const read = (kickstart: string) => model(parse(kickstart)).commands.volgroup[0]?.physvols;
  expect(read(`${text}\n`)).toEqual(members);
  expect(read(canonical(model(parse(`${text}\n`))))).toEqual(members);
});
