import type { PostureKind } from '../../flavour/index.ts';
import type { JudgedPoint, Posture } from './judge-posture.ts';
import { EXPOSED } from './weak-points.ts';

/** What is told of each kind of weak point, in this order. */
export const postureTitles: readonly (readonly [PostureKind, string])[] = [
  ['file', 'files by which somebody gets another’s powers, and places that anybody can write to'],
  ['group', 'groups whose members can become root'],
  ['unit', `started services that are kept from little (exposure above ${EXPOSED} of 10)`],
  ['setting', 'kernel settings'],
];

/** A posture for people: by kind, each with its reason and the line that gives it. */
export function postureInText({ points, ports, idle }: Posture, all: boolean): string {
  const groups = postureTitles.flatMap(([kind, title]) => {
    const those = points.filter((point) => point.kind === kind);
    return [`${title}: ${those.length}`, ...those.flatMap(lines), ''];
  });
  return [
    ...groups,
    `ports that may listen to other machines: ${ports.length}`,
    ...ports.map(({ name, reason, file, line }) => `  ${name}  ${reason} (${file}:${line})`),
    ...(idle.length === 0
      ? []
      : ['', `reasons for what is not in this image: ${idle.length}${all ? '' : ' (--all tells them)'}`]),
    ...(all ? idle.map(({ name, file, line }) => `  ${name} (${file}:${line})`) : []),
  ].join('\n');
}

function lines(point: JudgedPoint): readonly string[] {
  const { reason } = point;
  const at = reason === undefined ? '' : ` (${reason.file}:${reason.line})`;
  return [`  ${point.name}  ${point.is}`, `    ${whyInWords(point)}${at}`];
}

/** The reason, that it is for something else, or that there is none. */
export function whyInWords({ reason, isOther }: JudgedPoint): string {
  if (reason === undefined) return 'nobody gave a reason';
  return `${isOther === true ? `for ${reason.is}: ` : ''}${reason.reason}`;
}
