import type { LogvolValue, SnapshotValue, VolgroupValue } from '../model/command-values.ts';
import { type AnyBehaviour, behaviour, type CommandInput } from './behaviour.ts';
import { flag, line, list, named, plain, quoted, word } from './canonical-line.ts';
import { checkLuks, luksCipher, luksKeys, luksSecrets } from './luks.ts';
import { checkFileSystem, readMountpoint } from './partitions.ts';

/** Volume groups, logical volumes and snapshots. */
export const LVM_COMMANDS: Readonly<Record<string, AnyBehaviour>> = {
  volgroup: behaviour<VolgroupValue>({
    leftovers: 'anything',
    read(input) {
      const [name, ...members] = [...input.words('name'), ...input.words('partitions')];
      // Words behind an option replace the members before it; the reference even takes unknown options for members.
      const extra = input.args.leftovers.map((leftover) => leftover.value);
      if (input.values.format === false) input.values.preexist = true;
      input.values.vgname = name ?? '';
      input.values.physvols = extra.length > 0 ? extra : members;
      if (name === undefined) input.reject('volgroup needs a name');
    },
    check(value, input) {
      const isExisting = value.preexist || !value.format;
      if (isExisting && value.physvols.length > 0) input.reject('An existing volume group takes no members');
      if (!isExisting && value.physvols.length === 0) input.reject('volgroup needs members');
      const percent = value.reservedPercent;
      if (percent !== undefined && (percent < 1 || percent > 99)) {
        input.reject('--reserved-percent must be between 1 and 99', 'reservedPercent');
      }
      if ((value.reservedSpace ?? 0) < 0) input.reject('--reserved-space must not be negative', 'reservedSpace');
    },
    key: (value) => value.vgname,
    write: (value) =>
      line(
        'volgroup',
        word(value.vgname),
        flag('--noformat', !value.format),
        plain('--pesize', value.pesize),
        flag('--useexisting', value.preexist),
        plain('--reserved-space', value.reservedSpace),
        plain('--reserved-percent', value.reservedPercent),
        ...value.physvols.map(word),
      ),
  }),

  logvol: behaviour<LogvolValue>({
    read(input) {
      readMountpoint(input);
      if (input.values.format === false) input.values.preexist = true;
    },
    check(value, input) {
      checkFileSystem(value, input);
      checkLuks(value, input);
      checkSize(value, input);
      checkThin(value, input);
      checkCache(value, input);
    },
    key: (value) => `${value.vgname ?? ''}/${value.name ?? ''}`,
    write: (value) =>
      line(
        'logvol',
        word(value.mountpoint),
        quoted('--fstype', value.fstype),
        flag('--grow', value.grow),
        plain('--maxsize', value.maxSizeMB),
        flag('--noformat', !value.format),
        plain('--percent', value.percent),
        flag('--recommended', value.recommended),
        plain('--size', value.size),
        flag('--useexisting', value.preexist),
        quoted('--fsoptions', value.fsopts),
        quoted('--fsprofile', value.fsprofile),
        ...luksSecrets(value),
        quoted('--label', value.label),
        flag('--resize', value.resize),
        flag('--hibernation', value.hibernation),
        luksCipher(value),
        flag('--thinpool', value.thinPool),
        plain('--metadatasize', value.metadataSize),
        plain('--chunksize', value.chunkSize),
        flag('--thin', value.thinVolume),
        plain('--poolname', value.thinVolume ? value.poolName : undefined),
        plain('--profile', value.profile),
        plain('--cachesize', value.cacheSize),
        list('--cachepvs', value.cachePvs),
        plain('--cachemode', value.cacheMode),
        quoted('--mkfsoptions', value.mkfsopts),
        ...luksKeys(value),
        named('--name', value.name),
        named('--vgname', value.vgname),
      ),
  }),

  snapshot: behaviour<SnapshotValue>({
    key: (value) => value.name,
    refusesDuplicates: true,
    read(input) {
      const origin = input.words('origin')[0] ?? '';
      input.values.origin = origin;
      if (!/^[^/]+\/[^/]+$/.test(origin)) input.reject(`"${origin}" is not of the form GROUP/VOLUME`);
    },
    write: (value) => line('snapshot', word(value.origin), named('--name', value.name), named('--when', value.when)),
  }),
};

function checkSize(value: LogvolValue, input: CommandInput): void {
  const { preexist, size, percent, recommended, hibernation, resize } = value;
  if (!preexist && !size && !percent && !recommended && !hibernation) {
    input.reject('logvol needs one of --size, --percent, --recommended, --hibernation, --useexisting, --noformat');
  }
  if (percent !== undefined && (percent < 0 || percent > 100)) input.reject('--percent must be at most 100', 'percent');
  if (size && percent) input.reject('--size and --percent exclude each other', 'percent');
  if (resize && !preexist) input.reject('--resize needs --useexisting', 'resize');
  if (resize && !size) input.reject('--resize needs --size', 'resize');
}

function checkThin(value: LogvolValue, input: CommandInput): void {
  if (value.thinVolume && value.thinPool) input.reject('--thin and --thinpool exclude each other', 'thinVolume');
  if (value.thinVolume && !value.poolName) input.reject('--thin needs --poolname', 'thinVolume');
  if ((value.chunkSize || value.metadataSize) && !value.thinPool) {
    input.reject('--chunksize and --metadatasize need --thinpool', value.chunkSize ? 'chunkSize' : 'metadataSize');
  }
}

function checkCache(value: LogvolValue, input: CommandInput): void {
  const { cacheSize, cachePvs, cacheMode, thinVolume, thinPool, preexist } = value;
  if (!cacheSize && !cachePvs?.length && !cacheMode) return;
  if (thinVolume || thinPool) input.reject('A thin volume or pool cannot be cached', 'cacheSize');
  if (preexist) input.reject('An existing volume cannot be cached', 'cacheSize');
  if (!cacheSize) input.reject('A cache needs --cachesize');
  if (!cachePvs?.length) input.reject('A cache needs --cachepvs');
  if (cacheMode && cacheMode !== 'writeback' && cacheMode !== 'writethrough') {
    input.reject('--cachemode must be writeback or writethrough', 'cacheMode');
  }
}
