/**
 * livemedia-creator 46's command line and its checks before work starts, as an exact model: what argparse makes of the
 * words, and every error that it would then log, in its own words. `npm run test:lorax` compares it with the real one.
 */

type Kind = 'flag' | 'text' | 'path' | 'integer' | 'list' | 'path-list';

const options: Readonly<Record<string, readonly [destination: string, kind: Kind]>> = {
  ...flags('make_iso make_disk make_fsimage make_appliance make_ami make_tar make_tar_disk make_pxe_live'),
  ...flags('make_ostree_live make_oci make_vagrant iso_only image_only no_virt isfinal keep_image qcow2 virt_uefi'),
  ...flags('no_kvm live_rootfs_keep_size squashfs_only'),
  '--macboot': ['domacboot', 'flag'],
  '--nomacboot': ['nomacboot', 'flag'],
  ...texts('proxy armplatform iso_name image_name tar_disk_name fs_label image_type compression app_name app_template'),
  ...texts(
    'app_file cpu vnc arch kernel_args with_rng dracut_conf oci_config oci_runtime vagrant_metadata vagrantfile',
  ),
  ...texts('project product releasever volid rootfs_type release variant bugurl extra_boot_args'),
  '-r': ['release', 'text'],
  '-t': ['variant', 'text'],
  '-b': ['bugurl', 'text'],
  '-p': ['product', 'text'],
  '--iso': ['iso', 'path'],
  '--ks': ['ks', 'path-list'],
  '--anaconda-arg': ['anaconda_args', 'list'],
  '--location': ['location', 'path'],
  '--logfile': ['logfile', 'path'],
  '--lorax-templates': ['lorax_templates', 'path'],
  '--tmp': ['tmp', 'path'],
  '--resultdir': ['result_dir', 'path'],
  '--disk-image': ['disk_image', 'path'],
  '--fs-image': ['fs_image', 'path'],
  '--image-size-align': ['image_size_align', 'integer'],
  '--qemu-arg': ['qemu_args', 'list'],
  '--qcow2-arg': ['qemu_args', 'list'],
  '--compress-arg': ['compress_args', 'list'],
  '--ram': ['ram', 'integer'],
  '--vcpus': ['vcpus', 'integer'],
  '--firmware': ['fw_path', 'text'],
  '--ovmf-path': ['fw_path', 'text'],
  '--dracut-arg': ['dracut_args', 'list'],
  '--live-rootfs-size': ['live_rootfs_size', 'integer'],
  '--timeout': ['timeout', 'integer'],
};

const longNames: Readonly<Record<string, string>> = {
  '-r': '--release',
  '-t': '--variant',
  '-b': '--bugurl',
  '-p': '--product',
};

const targets = Object.values(options).flatMap(([destination]) =>
  destination.startsWith('make_') ? [destination] : [],
);

export type CreatorOptions = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export class UsageFailure extends Error {}

/**
 * What argparse makes of the words behind the program's name.
 * @throws UsageFailure where the real one would exit with status 2
 */
export function parseCreatorArguments(words: readonly string[]): CreatorOptions {
  const parsed: Record<string, string | number | boolean | readonly string[]> = {
    domacboot: true,
    tmp: '/var/tmp',
    project: 'Linux',
    product: '',
  };
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word.startsWith('@')) throw new UsageFailure(`can't open '${word.slice(1)}'`);
    if (/^-[a-z]./.test(word) && word.slice(0, 2) in options) {
      // A short option may have its value right behind it.
      queue.unshift(`${longNames[word.slice(0, 2)]}=${word.slice(2)}`);
      continue;
    }
    if (!word.startsWith('-')) throw new UsageFailure(`unrecognized arguments: ${word}`);
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = fullName(equals < 0 ? word : word.slice(0, equals));
    const [destination, kind] = options[name] ?? ['', 'flag'];
    if (kind === 'flag') {
      if (equals >= 0) throw new UsageFailure(`argument ${name}: ignored explicit argument`);
      if (destination === 'nomacboot') parsed.domacboot = false;
      else parsed[destination] = true;
      continue;
    }
    const value = equals < 0 ? queue.shift() : word.slice(equals + 1);
    // A separate word that looks like an option is one; with a space in it, it cannot be.
    const isOption = equals < 0 && value !== undefined && /^-./.test(value) && !value.includes(' ');
    if (value === undefined || isOption) throw new UsageFailure(`argument ${name}: expected one argument`);
    parsed[destination] = converted(name, value, kind, parsed[destination]);
  }
  const wanted = targets.filter((target) => parsed[target] === true);
  if (wanted.length !== 1) throw new UsageFailure('exactly one --make-… is required');
  return parsed;
}

function converted(name: string, value: string, kind: Kind, before: unknown): string | number | readonly string[] {
  if (kind === 'integer') {
    if (!/^\s*[+-]?\d+\s*$/.test(value)) throw new UsageFailure(`argument ${name}: invalid int value: '${value}'`);
    return Number(value);
  }
  return kind === 'list' || kind === 'path-list'
    ? [...((before as readonly string[] | undefined) ?? []), value]
    : value;
}

/** argparse takes the beginning of a long option for the option when no other begins so. */
function fullName(word: string): string {
  if (word in options) return word;
  const matches = word.startsWith('--') ? Object.keys(options).filter((name) => name.startsWith(word)) : [];
  if (matches.length === 1 && matches[0] !== undefined) return matches[0];
  throw new UsageFailure(`${matches.length === 0 ? 'unrecognized' : 'ambiguous'} option: ${word}`);
}

/** What the checks look at on the machine. */
export interface CreatorMachine {
  readonly exists: (path: string) => boolean;
  readonly hasProgram: (name: string) => boolean;
  readonly isRoot: boolean;
}

/** Every error that livemedia-creator logs before it starts; in its order. Any one ends it with status 1. */
export function checksBeforeStart(opts: CreatorOptions, machine: CreatorMachine): string[] {
  const path = (name: string) => (opts[name] === undefined ? undefined : String(opts[name]));
  const absent = (name: string) => path(name) !== undefined && !machine.exists(path(name) ?? '');
  const kickstart = (opts.ks as readonly string[] | undefined)?.[0];
  const isInstall = opts.disk_image === undefined && opts.fs_image === undefined;
  const imageType = opts.make_vagrant || opts.qcow2 ? 'qcow2' : opts.image_type;
  const templates = path('lorax_templates') ?? '/usr/share/lorax';
  const image = path(opts.make_tar_disk ? 'tar_disk_name' : 'image_name');
  const findings: readonly (readonly [unknown, string])[] = [
    [opts.project !== 'Linux' && opts.product, 'Use one of --project or --product not both.'],
    [isInstall && kickstart === undefined, 'Image creation requires a kickstart file'],
    [kickstart !== undefined && !machine.exists(kickstart), `kickstart file (${kickstart}) is missing.`],
    [opts.make_iso && !machine.exists(templates), `The lorax templates directory (${templates}) doesn't exist.`],
    [
      path('result_dir') !== undefined && machine.exists(path('result_dir') ?? ''),
      `The results_dir (${path('result_dir')}) should not exist, please delete or move its contents`,
    ],
    [absent('iso'), `The iso ${opts.iso} is missing.`],
    [absent('disk_image'), `The disk image ${opts.disk_image} is missing.`],
    [absent('fs_image'), `The filesystem image ${opts.fs_image} is missing.`],
    [isInstall && !opts.no_virt && opts.iso === undefined, 'virt install needs an install iso.'],
    [String(opts.volid ?? '').length > 32, 'the volume id cannot be longer than 32 characters'],
    [isInstall && !opts.no_virt && !machine.hasProgram('qemu-system-x86_64'), 'qemu needs to be installed.'],
    [isInstall && opts.no_virt && !machine.hasProgram('anaconda'), 'no-virt requires anaconda to be installed.'],
    [
      image !== undefined && machine.exists(`${opts.result_dir ?? opts.tmp}/${image}`),
      'The disk image to be created should not exist.',
    ],
    [imageType && !machine.hasProgram('qemu-img'), 'image-type option requires the qemu-img utility to be installed.'],
    [imageType && opts.make_iso, 'image-type cannot be used to make a bootable iso.'],
    [imageType && opts.make_fsimage, 'image-type cannot be used to make filesystem images.'],
    [imageType && opts.make_tar, 'image-type cannot be used to make a tar.'],
    [opts.make_oci && !(opts.oci_config && opts.oci_runtime), '--make-oci requires --oci-config and --oci-runtime'],
    [
      opts.domacboot && !machine.hasProgram('mkfs.hfsplus'),
      'mkfs.hfsplus is missing. Install hfsplus-tools, or pass --nomacboot',
    ],
    [!machine.isRoot, 'You need to run this as root'],
    [opts.dracut_args && opts.dracut_conf, 'argument --dracut-arg: not allowed with argument --dracut-conf'],
  ];
  return findings.filter(([fails]) => Boolean(fails)).map(([, message]) => message);
}

function flags(names: string) {
  return table(names, 'flag');
}

function texts(names: string) {
  return table(names, 'text');
}

function table(names: string, kind: Kind): Record<string, readonly [string, Kind]> {
  return Object.fromEntries(names.split(' ').map((name) => [`--${name.replaceAll('_', '-')}`, [name, kind] as const]));
}
