import type { ContentsPackage } from '../../scripts/dossier/contents.ts';

/** `name: a | b, c; recommended`, with `!` behind the name of an essential one, and `=words` for what it provides. */
export function packages(lines: readonly string[]): readonly ContentsPackage[] {
  return lines.map((line) => {
    const [, name = '', essential, provided = '', needs = '', recommends = ''] =
      /^([\w-]+)(!?)(?:=(\S+))?:([^;]*)(?:;(.*))?$/.exec(line) ?? [];
    const relation = (text: string) =>
      text
        .split(',')
        .map((any) => any.split('|').map((word) => word.trim()))
        .filter(([first]) => first !== '');
    return {
      name,
      version: '1',
      architecture: 'amd64',
      source: name,
      sourceVersion: '1',
      installedKiB: 1,
      maintainer: '',
      licences: [],
      depends: relation(needs),
      recommends: relation(recommends),
      provides: provided === '' ? [] : provided.split('+'),
      ...(essential === '!' && { essential: true }),
    };
  });
}
