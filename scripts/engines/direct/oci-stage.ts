import { type CachedStage, outputOf, type Step, writeInputTo } from '../../plan/index.ts';
import { inToolsTree, type Privilege } from '../../process/index.ts';
import { emptiedDirectories } from './emptied-directories.ts';
import { mergedRoot, withFinishedRoot } from './layers.ts';
import { madeAtFile } from './made-at.ts';

/** What is said of the tree in the archive. */
export interface OciLabels {
  readonly title: string;
  readonly flavour: string;
  readonly base: string;
}

const stage = outputOf('oci');
const tools = `${outputOf('tools')}/root`;

/** The name of the archive in the stage's output. */
export const ociFile = 'image.oci.tar';

/**
 * Root tree → an archive in the layout of the OCI image specification 1.1: one layer, packed by zstd, with JSON that names it by its
 * digest. Tools for containers take it as `oci-archive`. The same packages and configuration give the same bytes.
 */
export function ociStage(labels: OciLabels, rootBytes: number, privilege: Privilege): CachedStage {
  return {
    id: 'oci',
    title: 'OCI archive',
    key: { values: [], stages: ['root-tree', 'configure'], files: [] },
    reuse: { kind: 'always' },
    // The tree as it is, then packed, and the archive of that.
    estimatedBytes: rootBytes * 2,
    steps: [
      {
        id: 'layer',
        title: 'Packing the root tree',
        argv: withFinishedRoot(
          privilege,
          'oci',
          inToolsTree(tools, ['sh', '-euc', packLayer, 'sh', mergedRoot('oci'), stage, madeAtFile, ...excluded], {
            write: [stage],
            read: [madeAtFile],
          }),
        ),
        needs: ['namespaces'],
      },
      ...ociDocuments(labels).map(
        ({ name, content }): Step => ({
          id: name,
          title: `Writing ${name}.json`,
          argv: writeInputTo(`${stage}/${name}.json`),
          stdin: `${JSON.stringify(content)}\n`,
          needs: [],
        }),
      ),
      {
        id: 'archive',
        title: 'Writing the archive',
        argv: inToolsTree(tools, ['sh', '-euc', packArchive, 'sh', stage], { write: [stage] }),
        needs: [],
      },
      {
        id: 'facts',
        title: 'Measuring',
        argv: ['sh', '-euc', `cd "$0"; sha256sum ${ociFile} > sums`, stage],
        needs: [],
      },
    ],
  };
}

/** The installed initramfs and links to it belong to a boot, which a container has none of. */
const excluded = ['./boot/initrd*', './initrd*', './vmlinuz*', ...emptiedDirectories.map((path) => `./${path}/*`)];

/**
 * $1: the tree; $2: the stage's output; $3: a file with the packages' time, which files that the build wrote take; then patterns of what
 * stays out.
 */
export const packLayer = `tree=$1 out=$2 time=$(cat "$3"); shift 3
printf '%s\\n' "$@" > "$out/excluded"
tar --create --file="$out/layer.tar" --directory="$tree" --sort=name --format=pax --numeric-owner \\
  --clamp-mtime --mtime="@$time" --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime \\
  --xattrs --xattrs-include=security.capability --anchored --wildcards --exclude-from="$out/excluded" .
rm "$out/excluded"
sha256sum < "$out/layer.tar" | cut -c-64 > "$out/diff-id"
zstd -q -3 -T0 --rm "$out/layer.tar" -o "$out/layer.tar.zst"`;

const media = (what: string) => `application/vnd.oci.image.${what}`;

/** Each but the first names the ones before by places that \`packArchive\` fills. */
export function ociDocuments({ title, flavour, base }: OciLabels) {
  const labels = {
    'org.opencontainers.image.title': title,
    'os.phyllome.flavour': flavour,
    'os.phyllome.base': base,
  };
  const layer = { mediaType: media('layer.v1.tar+zstd'), digest: 'sha256:@layer@', size: '@layer-size@' };
  const config = { mediaType: media('config.v1+json'), digest: 'sha256:@config@', size: '@config-size@' };
  const manifest = { mediaType: media('manifest.v1+json'), digest: 'sha256:@manifest@', size: '@manifest-size@' };
  return [
    {
      name: 'config',
      content: {
        architecture: 'amd64',
        os: 'linux',
        config: { Cmd: ['/usr/lib/systemd/systemd'], StopSignal: 'SIGRTMIN+3', Labels: labels },
        rootfs: { type: 'layers', diff_ids: ['sha256:@diff-id@'] },
      },
    },
    {
      name: 'manifest',
      content: {
        schemaVersion: 2,
        mediaType: media('manifest.v1+json'),
        config,
        layers: [layer],
        annotations: { 'org.opencontainers.image.title': title },
      },
    },
    {
      name: 'index',
      content: {
        schemaVersion: 2,
        mediaType: media('index.v1+json'),
        manifests: [
          {
            ...manifest,
            platform: { architecture: 'amd64', os: 'linux' },
            annotations: { 'org.opencontainers.image.ref.name': flavour },
          },
        ],
      },
    },
  ] as const;
}

/** $1: the stage's output, with the layer and the documents in it. Sizes are numbers: their quotes go. */
export const packArchive = `cd "$1"; mkdir -p layout/blobs/sha256
blob() {
  digest=$(sha256sum < "$2" | cut -c-64)
  printf 's/@%s@/%s/g\\ns/"@%s-size@"/%s/g\\n' "$1" "$digest" "$1" "$(stat -c %s "$2")" >> places.sed
  mv "$2" "layout/blobs/sha256/$digest"
}
printf 's/@diff-id@/%s/g\\n' "$(cat diff-id)" > places.sed
blob layer layer.tar.zst
for name in config manifest; do
  sed -i -f places.sed "$name.json"
  blob "$name" "$name.json"
done
sed -f places.sed index.json > layout/index.json
printf '{"imageLayoutVersion":"1.0.0"}\\n' > layout/oci-layout
tar --create --file=${ociFile} --directory=layout --sort=name --format=ustar --numeric-owner --owner=0 --group=0 \\
  --mode=u=rwX,go=rX --mtime=@0 blobs index.json oci-layout
rm -r layout index.json diff-id places.sed`;
