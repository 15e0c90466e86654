import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic, Span } from '../../diagnostic/index.ts';
import { imageKind } from '../../image/index.ts';
import { type DirectOutput, takesPartitions } from './outputs.ts';

/** Outputs that this kickstart cannot become. `at`: where the flavour asks for them. */
export function refuseOutputs(
  model: KickstartModel,
  outputs: readonly { readonly id: DirectOutput; readonly at?: Span }[],
): Diagnostic[] {
  const isDisk = imageKind(model) === 'disk';
  return outputs.flatMap(({ id, at }) => {
    if (isDisk && takesPartitions[id] === 'never') return [liveOfDisk(id, model, at)];
    return !isDisk && takesPartitions[id] === 'must' ? [diskOfLive(id, model, at)] : [];
  });
}

function liveOfDisk(id: DirectOutput, model: KickstartModel, at: Span | undefined): Diagnostic {
  const { part, autopart, reqpart } = model.commands;
  const own = part.find(({ mountpoint }) => mountpoint !== '/');
  const said = own ? `part ${own.mountpoint}` : autopart ? 'autopart' : reqpart ? 'reqpart' : 'storage commands';
  return refused(
    `${id}: a live image has no partitions, and the kickstart has \`${said}\``,
    (own ?? autopart ?? reqpart)?.span,
    'Ask for `--output disk-raw` or `disk-qcow2`, or leave the component out that brings partitions (disk-image).',
    at,
  );
}

function diskOfLive(id: DirectOutput, model: KickstartModel, at: Span | undefined): Diagnostic {
  const [part] = model.commands.part;
  const there = part ? 'the only one is the root file system of a live image' : 'it has none';
  return refused(
    `${id}: a disk is made of the partitions of the kickstart, and ${there}`,
    part?.span,
    'Add the component disk-image to the flavour (`components: {add: [disk-image]}`), or ask for `--output live-iso`.',
    at,
  );
}

function refused(message: string, span: Span | undefined, hint: string, at: Span | undefined): Diagnostic {
  const place = span ?? at;
  return {
    code: 'output-of-other-kickstart',
    severity: 'error',
    message,
    ...(place && { span: place }),
    ...(span && at && { related: [{ message: 'it is asked for here', span: at }] }),
    hint,
  };
}
