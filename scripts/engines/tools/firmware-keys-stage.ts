import { type CachedStage, outputOf } from '../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../process/index.ts';
import { type AuthorityId, heldKeys, type KeyGeneration, keyGenerations, storeFile } from '../../secure-boot/index.ts';
import { mmdebstrap, suite, toolsSource } from './tools-stage.ts';

/** Make firmware variables. Apart from the other tools: Python is 170 MB that a build does without. */
const keyToolsPackages = ['python3-virt-firmware', 'openssl', 'bubblewrap'];

/** Microsoft's owner GUID, as Microsoft's own updates of these lists have it, and one for what is the owner's own. */
const owners = {
  microsoft: '77fa9abd-0359-4d32-bd60-28f4e78f784b',
  own: '4c19049f-4137-4dd3-9c10-8b97a83ffdfa',
} as const;
const certificateDirectory = '/usr/lib/python3/dist-packages/virt/firmware/certs';
/** As virt-firmware names them. */
const certificateFiles: Readonly<Record<AuthorityId, string>> = {
  uefi2011: 'MicrosoftCorporationUEFICA2011.pem',
  uefi2023: 'MicrosoftUEFICA2023.pem',
  windows2011: 'MicrosoftWindowsProductionPCA2011.pem',
  windows2023: 'WindowsUEFICA2023.pem',
  kek2011: 'MicrosoftCorporationKEKCA2011.pem',
  kek2023: 'MicrosoftCorporationKEK2KCA2023.pem',
};
/** EFI_IMAGE_SECURITY_DATABASE_GUID; its variables are authenticated by time, kept, and seen while the system runs. */
const databaseGuid = 'd719b2cb-3d3a-4596-a3bc-dad00e67656f';
const databaseAttributes = 39;

const tree = outputOf('key-tools');
const stores = outputOf('firmware-keys');

/** virt-firmware and openssl, from Debian 13. Made once, like the tools tree, when a machine with certain keys is first asked for. */
export function keyToolsStage(mirror: string, privilege: Privilege): CachedStage {
  return {
    id: 'key-tools',
    title: 'Tools for firmware keys (virt-firmware from Debian 13)',
    key: { values: [], stages: [], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 170e6,
    steps: [
      {
        id: 'install',
        title: 'Installing tools for firmware keys',
        argv: inNamespaces(privilege, [
          ...mmdebstrap,
          `--include=${keyToolsPackages.join(',')}`,
          suite,
          `${tree}/root`,
          toolsSource(mirror),
        ]),
        needs: ['network', 'namespaces'],
        progress: 'dpkg',
      },
    ],
  };
}

/** A store of OVMF's variables for each generation of keys, made by virt-fw-vars from OVMF's empty one. */
export function firmwareKeysStage(): CachedStage {
  const tools = `${outputOf('tools')}/root`;
  const access = { write: [stores], read: [tools] };
  return {
    id: 'firmware-keys',
    title: 'Firmware variables with Secure Boot keys',
    key: { values: [], stages: ['tools', 'key-tools'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 5e6,
    steps: [
      {
        id: 'own',
        title: "Making an owner's certificate",
        // Nothing is ever signed with it: its key goes with the sandbox.
        argv: inToolsTree(`${tree}/root`, ['sh', '-euc', makeOwn, stores], access),
        needs: [],
      },
      ...keyGenerations.map((keys) => ({
        id: keys,
        title: `Making firmware variables: ${keys}`,
        argv: inToolsTree(
          `${tree}/root`,
          ['sh', '-euc', makeStore(keys), stores, `${tools}/usr/share/OVMF/OVMF_VARS_4M.fd`],
          access,
        ),
        needs: [],
      })),
    ],
  };
}

const makeOwn =
  'openssl req -quiet -x509 -newkey rsa:2048 -noenc -days 36500 -subj "/CN=Owner of a lab machine" -keyout /tmp/own.key -out "$0/own.pem" 2>&1';

/** Shell text. $0: where stores go; $1: the empty one. Beside each store lies what is in it, for who looks. */
function makeStore(keys: KeyGeneration): string {
  const { kek, db, dbx, own, sbatLevel } = heldKeys[keys];
  const store = `"$0/${storeFile(keys)}"`;
  const ours = (option: string) => [option, owners.own, '"$0/own.pem"'];
  const theirs = (option: string) => (id: AuthorityId) => [
    option,
    owners.microsoft,
    `${certificateDirectory}/${certificateFiles[id]}`,
  ];
  const hasKeys = own || db.length > 0;
  // The maker of a computer has a key of its own in PK: here it is the owner's.
  const enrolled = [
    ...ours('--set-pk'),
    ...kek.flatMap(theirs('--add-kek')),
    ...db.flatMap(theirs('--add-db')),
    ...(own ? [...ours('--add-kek'), ...ours('--add-db')] : []),
    '--sb',
  ];
  return [
    `cp "$1" ${store}; chmod u+w ${store}`,
    ...(hasKeys ? [`virt-fw-vars --loglevel WARNING --inplace ${store} ${enrolled.join(' ')}`] : []),
    ...(dbx.length === 0 ? [] : revoke(store, dbx.flatMap(theirs('--add-cert')))),
    ...(sbatLevel === undefined
      ? []
      : [
          `printf '${sbatLevel.replaceAll('\n', '\\n')}' > /tmp/sbat`,
          `virt-fw-vars --loglevel WARNING --inplace ${store} --set-sbat-level /tmp/sbat`,
        ]),
    `virt-fw-vars --loglevel WARNING --input ${store} --output-json "$0/${keys}.json"`,
  ].join('\n');
}

/** virt-fw-vars takes whole updates of dbx alone; a list of certificates goes in by its own JSON. */
function revoke(store: string, certificates: readonly string[]): readonly string[] {
  const variable = `{"name":"dbx","guid":"${databaseGuid}","attr":${databaseAttributes},"data":"%s","time":"da070101000000000000000000000000"}`;
  return [
    `virt-fw-sigdb -o /tmp/dbx ${certificates.join(' ')} > /tmp/log`,
    `printf '{"version":2,"variables":[${variable}]}' "$(od -An -v -tx1 /tmp/dbx | tr -d ' \\n')" > /tmp/dbx.json`,
    `virt-fw-vars --loglevel WARNING --inplace ${store} --set-json /tmp/dbx.json`,
  ];
}
