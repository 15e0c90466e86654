import { type JudgedPoint, type Posture, postureTitles, whyInWords } from '../../../dossier/index.ts';
import type { PlacedReason } from '../../../render/index.ts';

const lineOf = (reason: PlacedReason | undefined) => (reason === undefined ? '' : `${reason.file}:${reason.line}`);
const isBare = ({ reason, isOther }: JudgedPoint) => reason === undefined || isOther === true;

/** What weakens the image, by kind; what has no reason before all. */
export function postureView({ points, ports }: Posture) {
  const rowOf = (point: JudgedPoint) => ({
    name: point.name,
    is: point.is,
    why: whyInWords(point),
    line: lineOf(point.reason),
  });
  const listed = (title: string, rows: readonly ReturnType<typeof rowOf>[]) => ({ title, count: rows.length, rows });
  const kinds = postureTitles.map(([kind, title]) =>
    listed(title, points.filter((point) => point.kind === kind && !isBare(point)).map(rowOf)),
  );
  const ofPorts = ports.map((reason) => ({ name: reason.name, is: '', why: reason.reason, line: lineOf(reason) }));
  return {
    count: points.length,
    bare: points.filter(isBare).map(rowOf),
    kinds: [...kinds, listed('ports that may listen to other machines', ofPorts)].filter(({ count }) => count > 0),
  };
}
