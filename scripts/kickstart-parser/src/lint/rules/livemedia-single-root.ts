import type { LintRule } from '../rule.ts';

export const livemediaSingleRoot: LintRule = {
  id: 'livemedia-single-root',
  severity: 'error',
  summary: 'A file system image has only / and swap, and no autopart.',
  reason: 'livemedia-creator makes one file system and refuses a kickstart that wants more.',
  profiles: ['livemedia'],
  isFixable: false,
  example: 'part / --size=4096\npart /home --size=100\n',
  exampleSettings: { livemediaTarget: 'filesystem' },
  *check({ model, settings }) {
    if (!['filesystem', 'pxe-live'].includes(settings.livemediaTarget) || settings.isVirtual) return;
    const { autopart, part } = model.commands;
    if (autopart !== undefined) yield { message: 'autopart cannot fill a file system image', span: autopart.span };
    for (const { mountpoint, span } of part) {
      if (mountpoint === '/' || mountpoint === 'swap') continue;
      yield { message: `A file system image has no place for ${mountpoint}`, span };
    }
  },
};
