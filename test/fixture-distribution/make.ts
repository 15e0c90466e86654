import path from 'node:path';
import type { Context } from '../../scripts/context/index.ts';
import { directBase } from '../../scripts/engines/direct/direct-base.ts';
import { explainPackages, toolsMirror, toolsStage } from '../../scripts/engines/tools/index.ts';
import { resolveFlavour } from '../../scripts/flavour/index.ts';
import { executePlan } from '../../scripts/plan/index.ts';
import { directoriesOf } from '../../scripts/prepare/index.ts';
import { privilegeOf } from '../../scripts/process/index.ts';
import { debianNames } from './debian-names.ts';
import { readDebianPackage } from './debian-package.ts';
import { ownFiles } from './own-files.ts';
import { policyStage } from './policy-stage.ts';
import { builder, debianStages, readContents, repositoryStage, resolved } from './stages.ts';
import { translate } from './translate.ts';

export type FixtureSet = keyof typeof debianNames;

export interface FixtureRepository {
  /** Packages, `repodata/` and `RPM-GPG-KEY-fixture`; in the cache, so it is to be read only. */
  readonly directory: string;
  /** Tools tree with rpm and dnf. */
  readonly tools: string;
}

/**
 * The repository with what the flavour needs, from the cache where nothing that it is made of has changed.
 * @throws EnvironmentError when this computer lacks what it takes, subordinate ids among it; ReportedError when a step fails
 */
export async function fixtureRepository(set: FixtureSet, context: Context): Promise<FixtureRepository> {
  const privilege = privilegeOf();
  const { flavour } = resolveFlavour({ name: 'nano', base: 'debian-13', directories: directoriesOf(context.places) });
  if (flavour === undefined) throw new Error('the flavour nano has no base debian-13');
  const base = directBase(flavour.base);
  const sources = flavour.base.repositories.map(({ id, baseurl = '' }) => ({ id, url: baseurl }));
  const names = set === 'nano' ? debianNames.nano : [...debianNames.nano, ...debianNames.headless];
  const stages = [toolsStage(toolsMirror(context), privilege), ...debianStages(base, sources, names, privilege)];
  const request = (name: string) => ({
    rememberedAs: `fixture-distribution-${set}-${name}`,
    logDirectory: path.join(context.places.out, 'fixture-distribution'),
    explain: explainPackages,
  });
  const contents = await executePlan(
    { name: 'Debian packages of the fixture', stages },
    request('debian'),
    context,
    (state) => readContents(state.directories.get('fixture-contents') ?? ''),
  );
  const debian = contents.map(([fields, conffiles, list]) => readDebianPackage(fields, conffiles, list));
  const own = ownFiles();
  const repository = repositoryStage(translate(debian, own), own, privilege);
  const version = debian.find(({ name }) => name === 'selinux-policy-default')?.version ?? '';
  const policy = policyStage(builder, resolved, version, privilege);
  const plan = { name: 'Fixture distribution', stages: [...stages, policy, repository] };
  return executePlan(plan, request('rpm'), context, (state) => ({
    directory: state.directories.get('fixture-repository') ?? '',
    tools: path.join(state.directories.get('fixture-tools') ?? '', 'root'),
  }));
}
