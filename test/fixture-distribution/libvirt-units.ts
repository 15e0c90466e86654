/** Fedora's daemon for each of libvirt's drivers, by the package that has it. */
export const libvirtDaemons = [
  ['libvirt-daemon-driver-qemu', 'virtqemud'],
  ['libvirt-daemon-driver-network', 'virtnetworkd'],
  ['libvirt-daemon-driver-storage-core', 'virtstoraged'],
  ['libvirt-daemon-driver-nodedev', 'virtnodedevd'],
  ['libvirt-daemon-driver-secret', 'virtsecretd'],
  ['libvirt-daemon-driver-nwfilter', 'virtnwfilterd'],
] as const;

const only = "Debian builds one daemon with all drivers: the sockets of all of Fedora's daemons lead to it here.";

/** The daemon that has all drivers. */
const whole = 'virtqemud';

const sockets = [
  { suffix: '', like: 'libvirtd.socket', socket: 'sock', mode: '0666' },
  { suffix: '-ro', like: 'libvirtd-ro.socket', socket: 'sock-ro', mode: '0666' },
  { suffix: '-admin', like: 'libvirtd-admin.socket', socket: 'admin-sock', mode: '0600' },
];

/** Units by the names of Fedora's modular daemons, for Debian's only one. */
export function libvirtUnits(): { readonly name: string; readonly file: string; readonly text: string }[] {
  return libvirtDaemons.flatMap(([name, daemon]) => {
    const listening = sockets.map(({ suffix, like, socket, mode }) => ({
      name,
      file: `/usr/lib/systemd/system/${daemon}${suffix}.socket`,
      text: unit(`${daemon}${suffix} socket`, [
        '[Socket]',
        `ListenStream=/run/libvirt/${daemon}-${socket}`,
        `FileDescriptorName=${like}`,
        `Service=${whole}.service`,
        `SocketMode=${mode}`,
        'RemoveOnStop=yes',
        '',
        '[Install]',
        'WantedBy=sockets.target',
      ]),
    }));
    const service = daemon === whole ? wholeService() : standIn(daemon);
    return [...listening, { name, file: `/usr/lib/systemd/system/${daemon}.service`, text: service }];
  });
}

const unit = (description: string, lines: readonly string[], more: readonly string[] = []) =>
  [`# ${only}`, '[Unit]', `Description=libvirt ${description} (test fixture)`, ...more, '', ...lines, ''].join('\n');

function wholeService(): string {
  return unit(
    'daemon',
    [
      '[Service]',
      'Type=notify-reload',
      `ExecStart=/usr/bin/${whole} --pid-file /run/${whole}.pid --timeout 120`,
      'KillMode=process',
      'Restart=on-failure',
      'TasksMax=32768',
      'LimitMEMLOCK=64M',
      '',
      '[Install]',
      'WantedBy=multi-user.target',
      `Also=${whole}.socket`,
    ],
    ['Requires=virtlogd.socket', 'After=virtlogd.socket network.target dbus.service', 'Conflicts=libvirtd.service'],
  );
}

function standIn(daemon: string): string {
  return unit(
    `${daemon}, which is ${whole} here`,
    [
      '[Service]',
      'Type=oneshot',
      'RemainAfterExit=yes',
      'ExecStart=/usr/bin/true',
      '',
      '[Install]',
      'WantedBy=multi-user.target',
    ],
    [`Requires=${whole}.service`, `After=${whole}.service`],
  );
}
