import {
  encryptedUnattended,
  openLoginInstalled,
  type PresetUnit,
  type ResolvedFlavour,
  releasesOf,
  secretsOf,
  withheld,
} from '../flavour/index.ts';
import { checkOutput, checkScripts } from './check-output.ts';
import type { Purpose } from './commands-view.ts';
import { cutMarks } from './origin-marks.ts';
import { presetFiles } from './preset-file.ts';
import type { PlacedStatement, RenderedMap, RenderedSet } from './rendered-set.ts';
import type { Templates } from './templates.ts';
import { viewOf } from './view.ts';

/** Contract 2: one self-contained kickstart, and a map that says where each of its lines comes from. */
export function renderFlavour(flavour: ResolvedFlavour, templates: Templates, purpose: Purpose = 'live'): RenderedSet {
  const { text, sources, lines } = cutMarks(templates.render(viewOf(flavour, purpose)), templates.files);
  const releases = releasesOf(flavour);
  const map: RenderedMap = {
    schema: 1,
    lines,
    units: flavour.units.map(presetUnit),
    userUnits: flavour.userUnits.map(presetUnit),
    ...(flavour.base.starts.length > 0 && { starts: flavour.base.starts }),
    files: mapFiles(flavour),
    budgets: flavour.budgets,
    checks: flavour.checks,
    kernelArguments: flavour.kernelArguments.map(({ argument, at }) => ({
      argument,
      file: at.file,
      line: at.start.line,
    })),
    ...(flavour.vulnerabilities.length > 0 && { vulnerabilities: flavour.vulnerabilities.map(placed) }),
    posture: flavour.posture.map(({ at, ...one }) => ({ ...one, file: at.file, line: at.start.line })),
    acknowledged: flavour.acknowledged.map(({ value }) => value),
    ...(releases && { releases: releases.value }),
    sources,
  };
  return {
    flavour: flavour.name,
    base: flavour.base.name,
    kickstart: text,
    map,
    diagnostics: withheld(
      [
        ...(purpose === 'disk' ? encryptedUnattended(flavour.kickstart) : []),
        ...(purpose === 'live' ? [] : openLoginInstalled(flavour)),
        ...checkScripts(flavour),
        ...checkOutput(text, map, flavour.base),
      ],
      secretsOf(flavour),
    ),
  };
}

/** A statement as it is told where nobody knows spans. */
export function placed({ by: _, at, ...statement }: ResolvedFlavour['vulnerabilities'][number]): PlacedStatement {
  return { ...statement, file: at.file, line: at.start.line };
}

function presetUnit({ name, preset, by, reason }: ResolvedFlavour['units'][number]): PresetUnit {
  return { name, preset, component: by, reason };
}

function mapFiles(flavour: ResolvedFlavour): RenderedMap['files'] {
  const overlay = flavour.files.map(({ path, mode, by, source, secret }) => ({
    path,
    mode,
    component: by,
    source,
    ...(secret && { secret }),
  }));
  const presets = presetFiles(flavour).map(({ path, mode }) => ({
    path,
    mode,
    component: `flavour ${flavour.name}`,
    source: flavour.at.file,
  }));
  return [...overlay, ...presets];
}
