import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check, type Diagnostic, type KickstartModel, model, parse } from 'kickstart-parser';
import type { Resolution } from '../../scripts/flavour/index.ts';
import { Library } from '../../scripts/flavour/index.ts';
import { resolveIn } from '../../scripts/flavour/resolve.ts';
import { sourceDirectories } from '../../scripts/places/index.ts';
import { kickstartVersion } from '../../scripts/prepare/index.ts';
import { type Purpose, type RenderedSet, renderFlavour } from '../../scripts/render/index.ts';
import { checkout, templates } from '../render/shipped.ts';

/** One directory and one library for all of them: the shipped files are read once. */
const root = mkdtempSync(path.join(tmpdir(), 'phyllome-own-'));
mkdirSync(path.join(root, 'flavours'));
const library = new Library(sourceDirectories(checkout, [root]));
let count = 0;

/** A flavour of a user's own directory: the lines behind `flavour:` and `summary:`. */
export function resolveOwn(lines: readonly string[], base?: string): Resolution {
  const name = `mine-${++count}`;
  const text = [`flavour: ${name}`, 'summary: my own', ...lines, ''].join('\n');
  writeFileSync(path.join(root, 'flavours', `${name}.yaml`), text);
  return resolveIn(library, name, { base });
}

interface OwnKickstart extends RenderedSet {
  readonly model: KickstartModel;
  /** What the parser finds, livemedia-creator's rules among it. */
  readonly findings: readonly Diagnostic[];
}

/** The same, rendered and read back. Throws where the flavour is refused. */
export function renderOwn(lines: readonly string[], base: string, purpose: Purpose = 'live'): OwnKickstart {
  const { flavour, diagnostics } = resolveOwn(lines, base);
  if (!flavour) throw new Error(JSON.stringify(diagnostics, null, 2));
  const rendered = renderFlavour(flavour, templates, purpose);
  const document = parse(rendered.kickstart, { file: 'mine.ks' });
  const version = kickstartVersion(flavour.base);
  const findings = check(document, { version, profile: 'livemedia', checkShell: false });
  return { ...rendered, model: model(document, version), findings: [...rendered.diagnostics, ...findings] };
}
