import { administrator, administratorKeys } from './administrator.ts';

/** What is asked of an installed system beside its checks: scripts for bash. */
function questions() {
  const { publicKey, privateKey } = administratorKeys();
  const logInAs = (name: string) => `umask 077; printf '%s' '${privateKey}' > /run/key
ssh -i /run/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR ${name}@127.0.0.1 id -un 2>&1
rm /run/key`;
  return {
    rootFileSystem: 'findmnt -no FSTYPE /',
    failedUnits: 'systemctl --failed --no-legend --plain | grep -v phyllome-lab || true',
    hostname: 'hostname',
    timezone: 'readlink /etc/localtime',
    rootPassword: 'getent shadow root | cut -d: -f2 | cut -c1',
    administratorGroups: `id -nG ${administrator.name} | tr ' ' '\\n' | grep -cx sudo`,
    authorizedKeys: `grep -cxF '${publicKey}' ~${administrator.name}/.ssh/authorized_keys`,
    loginByKey: logInAs(administrator.name),
    rootByKey: logInAs('root'),
    // The live system's own, of which nothing may be left.
    liveTraces: 'grep -c rd.live /proc/cmdline; ls -d /run/initramfs/live 2>/dev/null || true',
    // What people see; the medium's own name is nowhere.
    menuEntry,
    namesMedium: 'grep -rlsI installer-headless /etc /boot/grub /boot/efi || true',
    handedOver,
    mountedByTable: 'findmnt --verify --tab-file /etc/fstab --noheadings | tail -n 1',
    notedBeforeFirstStart: 'ls /root/as-installed',
    firmwareEntry,
    mebibytesOutsidePartitions,
    mebibytesOutsideVolumes:
      'vgs --noheadings --nosuffix --units m --options vg_free 2>/dev/null | cut -d. -f1 | tr -d " "',
    percentOfDevice,
    tpmOpens,
    lastingIdentity: 'cat /etc/machine-id /etc/ssh/ssh_host_*_key.pub',
    bootId: 'cat /proc/sys/kernel/random/boot_id',
  } as const;
}

export type Facts = Readonly<Record<keyof ReturnType<typeof questions>, string>>;

/** The entry that the firmware has started: its words, without the path behind them. Files of efivarfs know no seeking. */
const firmwareEntry = `vendor=8be4df61-93ca-11d2-aa0d-00e098032b8c variables=/sys/firmware/efi/efivars
[ -d $variables ] || exit 0
number=$(cat $variables/BootCurrent-$vendor | od -An -tx2 -j4 -N2 | tr -d ' ' | tr a-f A-F)
cat "$variables/Boot$number-$vendor" | tail -c +11 | tr -d '\\0' | tr -c '[:print:]' '\\n' | head -n 1`;

/** The first entry of GRUB, or those of systemd-boot. What kernel-install makes of one has the system's own name. */
const menuEntry = `if [ -e /boot/grub/grub.cfg ]; then
  sed -n "s/^menuentry '\\([^']*\\)'.*/\\1/p" /boot/grub/grub.cfg | head -n 1
else
  sed -n 's/^title *//p' /boot/efi/loader/entries/*.conf
fi`;

/** Ids of what guests have from the start on. */
const handedOver = `for one in /sys/bus/pci/drivers/vfio-pci/*:*; do
  [ ! -e "$one" ] || sed s/^0x// "$one/vendor" "$one/device" | paste -sd:
done`;

const rootDisk = `disk=$(lsblk --nodeps --noheadings --paths --output NAME,TYPE | awk '$2 == "disk" && $1 !~ /zram/ { print $1 }')`;

const mebibytesOutsidePartitions = `${rootDisk}
whole=$(blockdev --getsize64 "$disk")
parts=$(lsblk --bytes --noheadings --raw --output SIZE,TYPE "$disk" | awk '$2 == "part" { sum += $1 } END { printf "%d", sum }')
echo $(((whole - parts) / 1048576))`;

/** Of what the root file system lies on, how much it says that it has: it keeps something for its own tables. */
const percentOfDevice = `source=$(findmnt --noheadings --nofsroot --output SOURCE /)
device=$(blockdev --getsize64 "$source")
has=$(($(stat --file-system --format=%b /) * $(stat --file-system --format=%S /)))
echo $((has * 100 / device))`;

const tpmOpens = `${rootDisk}
for device in $(lsblk --noheadings --raw --paths --output NAME,FSTYPE "$disk" | awk '$2 == "crypto_LUKS" { print $1 }'); do
  cryptsetup luksDump "$device" | grep -c systemd-tpm2 || true
done`;

/** Asks all of it. */
export async function askFacts(ask: (script: string) => Promise<string>): Promise<Facts> {
  const answers: [string, string][] = [];
  for (const [name, script] of Object.entries(questions())) answers.push([name, (await ask(script)).trim()]);
  return Object.fromEntries(answers) as Facts;
}
