import { canonical, type KickstartModel, model, parse, validate } from 'kickstart-parser';

/** Canonical text without the blank lines between commands, which mean nothing. */
export function comparable(text: string): string {
  const sections = text.search(/^%/m);
  const head = sections < 0 ? text : text.slice(0, sections);
  const lines = head.split('\n').filter((line) => line !== '');
  return [...lines, sections < 0 ? '' : text.slice(sections).trimEnd()].join('\n');
}

/** What is wrong with the canonical form of a model as a kickstart: it must be valid and mean the same. */
export function rereadProblem(original: KickstartModel): string | undefined {
  const document = parse(canonical(original));
  const errors = validate(document, original.version).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return `canonical form is refused: ${errors[0]?.message}`;
  const again = model(document, original.version);
  return canonical(again) === canonical(original) ? undefined : 'canonical form means something else';
}
