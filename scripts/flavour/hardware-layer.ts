import type { Span } from '../diagnostic/index.ts';
import { graphicsComponent, selectorOf } from './device-selectors.ts';
import type { Findings } from './findings.ts';
import type { FlavourContent, Layer } from './layer.ts';
import type { Library, Loaded } from './library.ts';
import type { ResolvedHardware, Sourced } from './model.ts';
import { singleValue } from './single-values.ts';
import type { HardwareFile, OptionValue } from './source-files.ts';
import { noSuchProfile } from './stray-files.ts';
import type { ValuePath } from './yaml-source.ts';

/** The profile of the computer that a flavour is for, and what it says about the image. */
export interface ChosenHardware {
  readonly resolved: ResolvedHardware;
  /** Beneath the flavours: what they set differently, they have to say. */
  readonly layer: Layer;
}

/** The profile that was asked for, else the one that the flavour names; undefined where none is, or it is wrong. */
export function chooseHardware(
  library: Library,
  layers: readonly Layer[],
  asked: string | undefined,
  findings: Findings,
): ChosenHardware | undefined {
  const own: Sourced<string> | undefined = singleValue<string>(layers, ['hardware'], findings);
  const name = asked ?? own?.value;
  if (name === undefined) return undefined;
  const askedAt = asked === undefined ? own?.at : undefined;
  const loaded = library.load('hardware', name);
  if (!loaded) {
    noSuchProfile(library, name, askedAt, findings);
    return undefined;
  }
  findings.add(loaded.diagnostics);
  return loaded.data && readProfile(loaded, loaded.data, askedAt, findings);
}

function readProfile(
  { source, root }: Loaded<'hardware'>,
  data: HardwareFile,
  askedAt: Span | undefined,
  findings: Findings,
): ChosenHardware {
  const at = source.spanOfValue(['hardware']);
  const devices = (data.devices ?? []).flatMap((entry, index) => {
    const selector = selectorOf(entry);
    const place = source.spanOfValue(['devices', index, 'name']);
    if (selector !== undefined) return [{ entry, index, selector, at: place }];
    if (entry.handOver !== 'at-boot') return [];
    const hint = 'say where it is, such as `address: 0000:01:00.*`, or what it is: `id: 10de:2684`';
    findings.error(
      'which-device',
      `\`${entry.name}\` is to be handed over, and nothing says which device it is`,
      place,
      {
        hint,
      },
    );
    return [];
  });
  const claimed = devices.filter(({ entry }) => entry.handOver === 'at-boot');
  const options: Record<string, OptionValue> = {
    ...(claimed.length > 0 && { devices: claimed.map(({ selector }) => selector) }),
    ...(data.virtualFunctions && {
      virtualFunctions: data.virtualFunctions.map(({ address, count }) => `${address}=${count}`),
    }),
    ...(data.mediatedDevices && {
      mediatedDevices: data.mediatedDevices.map(({ parent, type, uuid }) => `${parent}/${type}/${uuid}`),
    }),
    ...(data.keepAwake !== undefined && { keepAwake: data.keepAwake }),
  };
  // A desktop is what everything is tuned for; a virtual machine has no clock of its own to set.
  const tunedPower = data.power === 'laptop' || data.power === 'server' ? data.power : undefined;
  const brought: readonly { readonly name: string; readonly path: ValuePath }[] = [
    ...(data.components ?? []).map((name, index) => ({ name, path: ['components', index] })),
    ...(data.cpu.vendor === 'any' || data.cpu.microcode === false
      ? []
      : [{ name: `cpu-${data.cpu.vendor}`, path: ['cpu', 'vendor'] }]),
    ...Object.keys(options).map((key) => ({ name: 'vfio', path: [key] })),
    ...(tunedPower === undefined ? [] : [{ name: 'tuning', path: ['power'] }]),
    ...claimed.flatMap(({ entry, index }) => {
      const name = graphicsComponent(entry);
      return name === undefined ? [] : [{ name, path: ['devices', index] }];
    }),
  ];
  const content: FlavourContent = {
    components: brought.map(({ name }) => name),
    options: {
      ...(Object.keys(options).length > 0 && { vfio: options }),
      ...(tunedPower !== undefined && { tuning: { power: tunedPower } }),
    },
    ...(data.kernelArguments && { kernelArguments: data.kernelArguments }),
  };
  const placeOf = (path: ValuePath): ValuePath => {
    const [key, index, option] = path;
    if (key === 'components') return brought[Number(index)]?.path ?? path;
    return key === 'options' ? [option ?? 'devices'] : path;
  };
  return {
    resolved: {
      name: data.hardware,
      summary: data.summary,
      power: data.power,
      at,
      ...(askedAt && { askedAt }),
      devices: devices.map(({ entry: { name, kind, handOver }, selector, at: place }) => {
        return { name, kind, handOver, selector, at: place };
      }),
    },
    layer: { name: `hardware ${data.hardware}`, source, root, data: content, path: [], at, placeOf },
  };
}
