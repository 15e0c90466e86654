import { modulesIn } from '../kernel-modules.ts';
import type { FlavourRule } from './rule.ts';

/** Modules that the kernels of all our bases do not have, and what does their work. */
const ABSENT: Readonly<Record<string, string>> = {
  vfio_virqfd: 'part of `vfio` since Linux 6.2',
  vfio_mdev: 'gone since Linux 5.17; `mdev` is loaded by the driver that makes mediated devices',
  vfio_iommu_spapr_tce: 'only there on POWER machines',
};

/** A module that is not there is silently not loaded, or stops dracut: configuration must not name one. */
export const absentModules: FlavourRule = ({ files, kernelArguments }) => {
  const inFiles = files.flatMap((file) => modulesIn(file).map(({ name, at }) => ({ name, at })));
  const inArguments = kernelArguments.flatMap(({ argument, at }) => {
    const list =
      /^(?:rd\.driver\.(?:pre|post|blacklist)|modules[-_]load|modprobe\.blacklist|module_blacklist)=(.*)$/.exec(
        argument,
      )?.[1];
    const named = list?.split(',') ?? [/^(\w+)\.\w+=/.exec(argument)?.[1] ?? ''];
    return named.map((name) => ({ name: name.replaceAll('-', '_'), at }));
  });
  return [...inFiles, ...inArguments].flatMap(({ name, at }) => {
    const reason = Object.hasOwn(ABSENT, name) ? ABSENT[name] : undefined;
    if (reason === undefined) return [];
    const message = `the kernel has no module \`${name}\`: ${reason}`;
    return [{ code: 'absent-module', severity: 'error', message, span: at }];
  });
};
