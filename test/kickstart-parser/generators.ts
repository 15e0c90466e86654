import fc from 'fast-check';

const lines = [
  'lang en_US.UTF-8',
  "keyboard --vckeymap=us --xlayouts='us','ch (fr)'",
  'timezone Europe/Zurich --utc',
  'rootpw --iscrypted $6$a$b',
  'rootpw --lock',
  'user --name=a --groups=wheel --gecos="A \\"B\\" #C"',
  'part / --size=100 --grow --label "my root"  # root',
  'part pv.1 --siz=1 --encrypted --passphrase=',
  'volgroup vg pv.1',
  'logvol /x --vgname=vg --name=x --size=1',
  'raid / --device=md0 --level=1 raid.1 raid.2',
  'bootloader --append="a b" --timeout=0',
  'network --device=eth0 --bootproto=static --ip=192.0.2.1',
  'repo --name=updates --mirrorlist=http://m/x?a=b&c=d',
  'url --url=http://h/$basearch',
  'services --enabled=a,b --disabled=c',
  'firewall --enabled --port=22 --service=ssh',
  'text --non-interactive',
  'reboot --eject',
  'autopart --type=lvm',
  'sshkey --username=a "ssh-ed25519 AAAA a@b"',
  'realm join --no-password example.org',
  'bogus --x',
  'part "/ --size=1',
  'lang en\\ x',
  '# comment',
  '#platform=x86_64',
  '',
  '   ',
  '%packages --nocore',
  '@core --nodefaults',
  '@^env',
  'vim an editor',
  '-nano',
  '-@games',
  '%post --log=/mnt/sysimage/x',
  '%pre --interpreter=/usr/bin/python3',
  'cat <<EOF',
  'EOF',
  'modprobe vfio_virqfd',
  '%end',
  '%end of it',
  '%addon org_x --y',
  '%pots',
  '%ksappend x',
];

/** A text made of lines that kickstarts are made of, in no sensible order, perhaps with one character changed. */
function textOf(endings: readonly string[], mutations: readonly string[]): fc.Arbitrary<string> {
  const parts = fc.array(fc.tuple(fc.constantFrom(...lines), fc.constantFrom(...endings)), { maxLength: 14 });
  const mutation = fc.option(fc.tuple(fc.nat(), fc.constantFrom(...mutations)));
  return fc.tuple(parts, mutation).map(([pairs, change]) => {
    const text = pairs.map(([line, ending]) => line + ending).join('');
    if (change === null || text === '') return text;
    const at = change[0] % text.length;
    return text.slice(0, at) + change[1] + text.slice(at + 1);
  });
}

const MUTATIONS = ['"', "'", '#', ' ', '-', '=', '%', '\n', '\u00a0'];

export const kickstart = textOf(['\n', '\n', '\n', '\n', '\r\n', '\r', '\f', '\u2028'], [...MUTATIONS, '\\']);

/** The same without values that end in a line break: such values have no canonical form. */
export const unixKickstart = textOf(['\n'], MUTATIONS);
