/** An answer file that must be refused while nothing is written, and what is said of it. */
export interface Refusal {
  readonly name: string;
  readonly answers: readonly string[];
  /** Cause, place and what to do. */
  readonly says: readonly RegExp[];
}

/** Serial numbers that the lab gives to its disks, by their indices. */
export const virtioDisk = (index: number): string => `disk/by-id/virtio-disk${index}`;

/** The computer of these: two disks that are not the installer's, and two empty ones, the second too small. */
export const places = { canary: 0, older: 1, target: 2, small: 3 } as const;

const target = `ignoredisk --only-use=${virtioDisk(places.target)}`;
const wiping = ['clearpart --all', 'autopart', 'rootpw --lock'];

/** By the answers that the medium finds by itself. */
export const typo: Refusal = {
  name: 'a word is misspelt',
  answers: [target, 'clearpart --alll', 'autopart'],
  says: [/phyllome\.answers:2: error: .*--alll\b/, /No disk was touched\./],
};

/** One after the other, from the shell. */
export const refusals: readonly Refusal[] = [
  {
    name: 'the disk is too small',
    answers: [`ignoredisk --only-use=${virtioDisk(places.small)}`, ...wiping],
    says: [/shell\.ks:3: error: (\/ would have \d+ MiB, and the system needs \d+|vd. is too small)/],
  },
  {
    name: 'several disks could be meant',
    answers: ['clearpart --all', 'autopart'],
    says: [
      /shell\.ks:2: error: \d disks could be taken: .*vda \(.*vdc \(6\.0 GiB\)/,
      /Name one: `ignoredisk --only-use=/,
    ],
  },
  {
    name: 'no disk is left',
    answers: ['ignoredisk --drives=vd*,sd*', 'clearpart --all', 'autopart'],
    says: [/shell\.ks:3: error: no disk can be taken:/, /vdc: ignoredisk --drives names it/],
  },
  {
    name: 'a disk is named that is not there',
    answers: ['ignoredisk --only-use=disk/by-id/nvme-elsewhere', ...wiping],
    says: [/shell\.ks:1: error: ignoredisk --only-use=disk\/by-id\/nvme-elsewhere: .*no such disk/, /It has .*vda/],
  },
  {
    name: 'what is on a disk may not be wiped',
    answers: [`ignoredisk --only-use=${virtioDisk(places.older)}`, 'autopart'],
    says: [/it is not empty, and no clearpart --all says that it may be wiped/],
  },
  {
    name: 'something is asked that cannot be done',
    answers: [
      target,
      'clearpart --list=vdc1',
      'part / --size=4096 --noformat --ondisk=vdc',
      'raid /srv --device=md0 --level=1 raid.1 raid.2',
      '%packages',
      'no-such-package',
      '%end',
      '%pre',
      'true',
      '%end',
    ],
    says: [
      /shell\.ks:2: error: .*--list of clearpart: a disk is taken as a whole/,
      /shell\.ks:3: error: .*--noformat of part/,
      /shell\.ks:4: error: .*the command raid/,
      /shell\.ks:6: error: no-such-package is not in the system on this medium/,
      /shell\.ks:8: error: .*%pre/,
    ],
  },
];

/** Has the program read another description of its medium, in which the flavour wants an empty virtio disk of 1 to 8 GiB. */
export const withSelector = `cd /usr/lib/phyllome/installer
sed 's/^{/{"installationDisk": {"buses": ["virtio"], "minimumGiB": 1, "maximumGiB": 8, "empty": true},/' medium.json > /run/medium.json
mount --bind /run/medium.json medium.json`;

export const withoutSelector = 'umount /usr/lib/phyllome/installer/medium.json';

export const selections: readonly Refusal[] = [
  {
    name: 'two disks are as the flavour wants one',
    answers: wiping,
    says: [
      /error: 1 disk must be as the flavour says in `installationDisk`, and 2 do:/,
      / {2}fits: vdc: 6\.0 GiB, virtio, serial disk2; holds nothing known\n {2}fits: vdd: 1\.0 GiB/,
      / {2}does not: vdb: .*holds a GPT table with .*\n {4}not what the flavour asks for: it has 512\.0 MiB, less than 1 GiB/,
    ],
  },
  {
    name: 'none is as the flavour wants one',
    answers: ['ignoredisk --drives=vdc,vdd', ...wiping],
    says: [/installationDisk`, and none does:/, / {2}does not: vdc: .*\n {4}ignoredisk --drives names it/],
  },
];

/** When the kernel has let go of every disk. */
export const noDisk: Refusal = {
  name: 'there is no disk',
  answers: ['clearpart --all', 'autopart'],
  says: [/shell\.ks:2: error: this computer has no disk/],
};

/** Takes every disk away from the kernel, as if it was not there. */
export const withoutDisks = `for disk in /sys/block/vd*; do
  virtio=$(basename "$(readlink -f "$disk/device")")
  echo "$virtio" > /sys/bus/virtio/drivers/virtio_blk/unbind
done
for disk in /sys/block/sd*; do echo 1 > "$disk/device/delete"; done
udevadm settle`;
