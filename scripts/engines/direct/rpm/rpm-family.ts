import type { KickstartModel, PackageEntry } from 'kickstart-parser';
import type { Accepted } from '../../../configure/index.ts';
import type { Diagnostic } from '../../../diagnostic/index.ts';
import { rpmToolsStage, toolsStage } from '../../tools/index.ts';
import type { AskedFor, PackageFamily } from '../family/package-family.ts';
import type { DirectOutput } from '../outputs.ts';
import type { RpmBase } from './base.ts';
import { keyboard } from './configure/keyboard.ts';
import { lang } from './configure/lang.ts';
import { selinux } from './configure/selinux.ts';
import { timesource } from './configure/timesource.ts';
import { rpmDatabase } from './database.ts';
import { rpmResolveStages } from './resolve-stages.ts';
import { rpmRootTreeStage } from './root-tree-stage.ts';
import { addressOf, type RpmRequest, rpmAddresses, rpmInstallation, rpmRequest } from './rpm-request.ts';

/** Systems of RPM packages, installed by dnf. */
export function rpmFamily(base: RpmBase): PackageFamily {
  return {
    accepted,
    handlers: [lang, keyboard, timesource, selinux],
    refuse: (model) => [...refuseSources(model, base), ...refusePackages(model)],
    refuseOutputs,
    packages: (model, privilege) => {
      const addresses = rpmAddresses(model, base);
      const request = rpmRequest(model, base);
      const rootBytes = estimatedRootBytes(request);
      return {
        rootBytes,
        stages: [
          toolsStage(base.toolsMirror, privilege),
          rpmToolsStage(base.toolsMirror, privilege),
          ...rpmResolveStages(base, addresses, request, privilege),
          rpmRootTreeStage(base, addresses, rpmInstallation(model), rootBytes, privilege),
        ],
      };
    },
    database: rpmDatabase,
    loaders: 'root tree',
  };
}

const addresses = ['--mirrorlist', '--metalink'] as const;

const accepted: readonly Accepted[] = [
  { commands: ['url'], options: ['--url', ...addresses] },
  { commands: ['repo'], options: ['--name', '--baseurl', ...addresses] },
  {
    commands: ['%packages'],
    options: [
      '--excludedocs',
      '--exclude-weakdeps',
      '--excludeWeakdeps',
      '--inst-langs',
      '--instLangs',
      '--nocore',
      '--ignoremissing',
    ],
  },
];

/** What an RPM tree may take, in bytes: 0.25 GB for nano's 30 names, and groups of which nothing is known yet. */
function estimatedRootBytes({ packages, groups, environment, core, weak }: RpmRequest): number {
  const names = packages.length + 30 * (groups.length + (core ? 1 : 0)) + (environment === '' ? 0 : 150);
  return 350e6 + names * (weak ? 20e6 : 10e6);
}

function refuseSources({ commands }: KickstartModel, base: RpmBase): readonly Diagnostic[] {
  const main = commands.url && addressOf('', { ...commands.url, baseurl: commands.url.url });
  const missing: Diagnostic[] = main
    ? []
    : [{ code: 'no-package-source', severity: 'error', message: 'no url --url=… says where packages come from' }];
  const [first, ...others] = base.repositories;
  const unknown = commands.repo
    .filter((repo) => !others.some(({ id }) => id === repo.name) || !addressOf('', repo))
    .map(
      (repo): Diagnostic => ({
        code: 'unknown-repository',
        severity: 'error',
        message: `repository ${repo.name ?? ''} is not one of base ${base.name}, or has no address`,
        span: repo.span,
        hint: `The base knows ${others.map(({ id }) => id).join(', ') || 'no further one'}; another one needs an entry with its key (\`keyring:\`) in the base file.`,
      }),
    );
  const named = [first?.id, ...commands.repo.map(({ name }) => name)];
  const keyless = base.repositories
    .filter(({ id, keyring }) => named.includes(id) && keyring === undefined)
    .map(
      ({ id }): Diagnostic => ({
        code: 'repository-without-key',
        severity: 'error',
        message: `the base ${base.name} names no key for the repository ${id}: nobody could tell whose packages they are`,
        hint: 'Say `keyring:` with the path of the key file in the base file.',
      }),
    );
  return [...missing, ...unknown, ...keyless];
}

/** A name as dnf takes it, patterns and exact versions too; a path or what a package provides is in no name's letters. */
const NAME = /^[A-Za-z0-9_/*?[][A-Za-z0-9_+.:~^*?()[\]/!-]*$/;

function refusePackages(model: KickstartModel): readonly Diagnostic[] {
  const selection = model.packages;
  if (!selection)
    return [{ code: 'no-packages', severity: 'error', message: 'the kickstart has no %packages section' }];
  return [...selection.packages, ...selection.excludedPackages]
    .filter(({ name }) => !NAME.test(name))
    .map(
      ({ name, span }: PackageEntry): Diagnostic => ({
        code: 'unsupported-package-name',
        severity: 'error',
        message: `${name} is not a name of an RPM package`,
        span,
      }),
    );
}

const unmade: Partial<Readonly<Record<DirectOutput, string>>> = {
  'installer-iso': "the installer's own programs are Debian's",
  'disk-raw': 'boot entries of RPM systems are not made by this engine',
  'disk-qcow2': 'boot entries of RPM systems are not made by this engine',
  pxe: 'none was ever booted',
  oci: 'none was ever made',
};

function refuseOutputs(outputs: readonly AskedFor[]): readonly Diagnostic[] {
  return outputs.flatMap(({ id, at }) => {
    const why = unmade[id];
    if (why === undefined) return [];
    return [
      {
        code: 'unsupported-output',
        severity: 'error' as const,
        message: `the direct engine makes no ${id} of RPM packages yet: ${why}`,
        ...(at && { span: at }),
        hint: 'Ask for `--output live-iso`, or build with `--engine livemedia`.',
      },
    ];
  });
}
