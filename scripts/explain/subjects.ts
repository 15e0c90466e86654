import { modulesIn, type ResolvedFlavour, type ResolvedHardware } from '../flavour/index.ts';
import { chainOf, type Link } from './chain.ts';

export type SubjectKind =
  | 'package'
  | 'unit'
  | 'kernel argument'
  | 'module'
  | 'file'
  | 'directory'
  | 'link'
  | 'user'
  | 'hardware profile'
  | 'device'
  | 'component'
  | 'option'
  | 'value'
  | 'kickstart command'
  | 'kickstart line';

/** Something of a flavour that one can ask about. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
  /** Further names that mean it: the logical name, a kernel argument's name without its value. */
  readonly aliases: readonly string[];
  readonly steps: readonly Link[];
}

/** All that can be asked about, each with what brought it. */
export function subjectsOf(flavour: ResolvedFlavour): readonly Subject[] {
  const because = (by: string, ...first: readonly Link[]): readonly Link[] => [...first, ...chainOf(flavour, by)];
  const { base } = flavour;
  return [
    ...flavour.packages.map(({ name, logical, by, at, mapped, reason }) => ({
      kind: 'package' as const,
      name,
      aliases: [logical],
      steps: because(by, ...(mapped ? [{ text: `base ${base.name} calls \`${logical}\` so`, at: mapped }] : []), {
        text: said(by, 'wants', logical, reason),
        at,
      }),
    })),
    ...[...flavour.units, ...flavour.userUnits].map(({ name, logical, by, at, mapped, preset, reason }) => ({
      kind: 'unit' as const,
      name,
      aliases: [logical, name.replace(/\.[a-z]+$/, '')],
      steps: because(by, ...(mapped ? [{ text: `base ${base.name} calls \`${logical}\` so`, at: mapped }] : []), {
        text: said(by, `${preset}s`, logical, reason),
        at,
      }),
    })),
    ...flavour.kernelArguments.map(({ argument, by, at, reason }) => ({
      kind: 'kernel argument' as const,
      name: argument,
      aliases: [argument.split('=', 1)[0] ?? argument],
      steps: because(by, { text: said(by, 'wants', argument, reason), at }),
    })),
    ...flavour.files
      .filter(({ secret }) => secret !== true)
      .flatMap((file) =>
        modulesIn(file).map(({ name, line, at }) => ({
          kind: 'module' as const,
          name,
          aliases: [name.replaceAll('_', '-')],
          steps: because(file.by, { text: `\`${line}\` in ${file.path}`, at }),
        })),
      ),
    ...flavour.files.map(({ path, source, by, at, mode, owner, group }) => ({
      kind: 'file' as const,
      name: path,
      aliases: [source],
      steps: because(by, { text: `written from this overlay file, ${mode} ${owner}:${group}`, at }),
    })),
    ...flavour.directories.map(({ path, by, at }) => ({
      kind: 'directory' as const,
      name: path,
      aliases: [],
      steps: because(by, { text: said(by, 'makes', path), at }),
    })),
    ...flavour.links.map(({ path, target, by, at }) => ({
      kind: 'link' as const,
      name: path,
      aliases: [],
      steps: because(by, { text: `${said(by, 'links', path)} to ${target}`, at }),
    })),
    ...flavour.kickstart.map(({ command, by, at, reason }) => ({
      kind: 'kickstart command' as const,
      name: command,
      aliases: [command.split(' ', 1)[0] ?? command],
      steps: because(by, { text: said(by, 'brings', command, reason), at }),
    })),
    ...flavour.users.map(({ name, by, at }) => ({
      kind: 'user' as const,
      name,
      aliases: [],
      steps: because(by, { text: said(by, 'adds', name), at }),
    })),
    ...(flavour.hardware ? hardwareSubjects(flavour, flavour.hardware) : []),
    ...flavour.components.map(({ name, summary, at }) => ({
      kind: 'component' as const,
      name,
      aliases: [],
      steps: chainOf(flavour, name).map((step, index) =>
        index === 0 ? { ...step, at, text: `${step.text}: ${summary}` } : step,
      ),
    })),
    ...flavour.options.map(({ component, name, value, isDefault, at, doc }) => ({
      kind: 'option' as const,
      name: `${component}.${name}`,
      // Whoever finds a value in a file asks for the value.
      aliases: [name, ...(isDefault ? [] : [value].flat().map(String))],
      steps: because(component, {
        text: `${JSON.stringify(value)}, ${isDefault ? "the component's default" : 'set here'}: ${doc.split('\n')[0]}`,
        at,
      }),
    })),
    ...Object.entries(flavour.system).map(([key, { value, at }]) => ({
      kind: 'value' as const,
      name: `system.${key}`,
      aliases: [key, value],
      steps: [{ text: `${value}, set here`, at }],
    })),
    ...flavour.languages.map(({ value, at }) => ({
      kind: 'value' as const,
      name: `system.languages ${value}`,
      aliases: ['languages', value],
      steps: [{ text: `${value}, which people can choose, set here`, at }],
    })),
  ];
}

function hardwareSubjects(flavour: ResolvedFlavour, hardware: ResolvedHardware): readonly Subject[] {
  const layer = `hardware ${hardware.name}`;
  return [
    {
      kind: 'hardware profile',
      name: hardware.name,
      aliases: [layer],
      steps: chainOf(flavour, layer).map((step, index) =>
        index === 0 ? { ...step, text: `${layer}: ${hardware.summary}` } : step,
      ),
    },
    ...hardware.devices.map(({ name, handOver, selector, at }) => ({
      kind: 'device' as const,
      name,
      aliases: [selector, ...selector.split('=')],
      steps: [{ text: `${selector}: ${HAND_OVER[handOver]}`, at }, ...chainOf(flavour, layer)],
    })),
  ];
}

const HAND_OVER = {
  'at-boot': 'vfio-pci has it from the start on',
  'on-demand': 'libvirt takes it from the host when its guest starts',
  never: 'it stays with the host',
} as const;

function said(by: string, verb: string, what: string, reason?: string): string {
  return `${/^(?:flavour|hardware) /.test(by) ? by : `component \`${by}\``} ${verb} \`${what}\`${reason === undefined ? '' : `: ${reason}`}`;
}
