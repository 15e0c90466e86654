import type { Diagnostic } from '../../diagnostic/index.ts';
import type { BuildManifest } from '../../image/index.ts';
import type { PlacedReason } from '../../render/index.ts';
import type { Dossier } from '../read-facts.ts';
import { placeOf } from '../unknown-packages.ts';
import { type WeakPoint, weakPoints } from './weak-points.ts';

/** A weak point of an image, with the reason that somebody gave for it. */
export interface JudgedPoint extends WeakPoint {
  /** Absent where nobody gave any. */
  readonly reason?: PlacedReason;
  /** It is weaker than, or other than, the reason says. */
  readonly isOther?: true;
}

export interface Posture {
  readonly points: readonly JudgedPoint[];
  /** Ports that may listen: only a running system shows whether they do. */
  readonly ports: readonly PlacedReason[];
  /** Reasons for what is not in this image. */
  readonly idle: readonly PlacedReason[];
}

/** Compares what weakens an image with the reasons in its manifest. */
export function postureOf({ posture = [] }: Pick<BuildManifest, 'posture'>, dossier: Dossier): Posture {
  const reasons = new Map(posture.map((one) => [`${one.kind} ${one.name}`, one]));
  const points = weakPoints(dossier).map((point): JudgedPoint => {
    const reason = reasons.get(`${point.kind} ${point.name}`);
    if (reason === undefined) return point;
    return isAsSaid(point, reason) ? { ...point, reason } : { ...point, reason, isOther: true };
  });
  const used = new Set(points.map(({ reason }) => reason));
  return {
    points,
    ports: posture.filter(({ kind }) => kind === 'port'),
    // A setting of ours that is no sysctl is another matter.
    idle: posture.filter((one) => one.kind !== 'port' && one.kind !== 'setting' && !used.has(one)),
  };
}

/** A service may be less exposed than it might. */
function isAsSaid({ kind, is }: WeakPoint, reason: PlacedReason): boolean {
  if (kind === 'unit') return Number(is) <= Number(reason.is);
  return plain(is) === plain(reason.is);
}

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** An error for each weak point that nobody gave a reason for, or another one. */
export function postureFindings({ points }: Posture): readonly Diagnostic[] {
  return points
    .filter(({ reason, isOther }) => reason === undefined || isOther === true)
    .map((point) => {
      const { kind, name, is, reason } = point;
      const owner = point.package === undefined ? '' : ` (of package ${point.package})`;
      if (reason !== undefined) {
        const message = `${kind} ${name} is ${is}${owner}, and the reason is for ${reason.is}`;
        return {
          code: 'posture',
          severity: 'error',
          message,
          span: placeOf(reason),
          hint: 'Is it meant? Say so there.',
        };
      }
      return {
        code: 'posture',
        severity: 'error',
        message: `${kind} ${name} is ${is}${owner}, and nobody gave a reason`,
        hint: `Below \`posture:\` of the component that brings it, or of the flavour: {${kind}: ${name}, is: ${JSON.stringify(is)}, reason: …}`,
      };
    });
}
