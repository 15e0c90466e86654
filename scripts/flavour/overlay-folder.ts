import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BaseNames } from './base-names.ts';
import { Conditions, type Facts } from './conditions.ts';
import type { Findings } from './findings.ts';
import { leadsOut } from './inside.ts';
import { type Layer, spanIn } from './layer.ts';
import type { Folder } from './library.ts';
import { type Overlay, placedBeside } from './overlay.ts';
import { OverlayCache } from './overlay-cache.ts';
import { OVERLAY_FILE, overlayFiles } from './overlay-files.ts';
import { checkSchema } from './schema.ts';
import type { ValueTemplates } from './value-templates.ts';
import { readYaml, YamlSource } from './yaml-source.ts';

/** The folders that a flavour lays over the root tree after all components. */
export function overlayFolders(
  layers: readonly Layer[],
  facts: Facts,
  names: BaseNames,
  templates: ValueTemplates,
  findings: Findings,
): readonly Omit<Overlay, 'post'>[] {
  return layers.flatMap((layer) =>
    (layer.data.overlays ?? []).flatMap((relative, index) => {
      const folder: Folder = {
        path: path.join(layer.root.path, relative),
        name: path.posix.join(layer.root.name, relative),
      };
      const at = spanIn(layer, ['overlays', index]);
      if (!statSync(folder.path, { throwIfNoEntry: false })?.isDirectory()) {
        findings.error('missing-file', `there is no folder \`${relative}\``, at, { hint: `looked for ${folder.path}` });
        return [];
      }
      if (leadsOut(folder.path, layer.root.path)) {
        findings.error('leads-out', `\`${relative}\` leads out of ${layer.root.path} by a link`, at);
        return [];
      }
      const loaded = { folder, root: layer.root, overlays: new OverlayCache(), ...readOverlayYaml(folder, findings) };
      const data = { component: layer.name, summary: '', ...loaded.data };
      const owner = { name: layer.name, data, loaded, conditions: new Conditions(layer.name, loaded, facts, findings) };
      return [{ files: overlayFiles(owner, names, templates, findings, ''), ...placedBeside(owner, templates) }];
    }),
  );
}

/** The folder's `overlay.yaml`; empty where there is none. */
function readOverlayYaml({ path: folder, name }: Folder, findings: Findings) {
  const absolute = path.join(folder, OVERLAY_FILE);
  const file = path.posix.join(name, OVERLAY_FILE);
  const source = existsSync(absolute) ? readYaml(absolute, file) : new YamlSource(file, '{}\n');
  const { data, diagnostics } = checkSchema('overlay', source);
  findings.add(diagnostics);
  return { source, data };
}
