import type { FlavourRule } from './rule.ts';

/** Units of the distributions without `[Install]`: other units, sockets or D-Bus start them, no preset does. */
const STATIC = new Set([
  'colord.service',
  'fwupd.service',
  'geoclue.service',
  'packagekit.service',
  'polkit.service',
  'systemd-hostnamed.service',
  'systemd-journald.service',
  'systemd-localed.service',
  'systemd-logind.service',
  'systemd-machined.service',
  'systemd-timedated.service',
  'systemd-udevd.service',
]);

/** `enable` of a unit that has nothing to enable does nothing, and looks as if it did. */
export const staticUnits: FlavourRule = ({ units, files }) => {
  const isStatic = (unit: string): boolean => {
    const own = files.find(({ path }) => path.endsWith(`/systemd/system/${unit}`));
    return own ? 'text' in own.content && !/^\[Install\]/m.test(own.content.text) : STATIC.has(unit);
  };
  return units
    .filter(({ name, preset }) => preset === 'enable' && isStatic(name))
    .map(({ name, at }) => ({
      code: 'static-unit',
      severity: 'error',
      message: `\`${name}\` has no \`[Install]\` section: it cannot be enabled`,
      span: at,
      hint: 'leave it to what starts it; to keep it off, `mask:` it',
    }));
};
