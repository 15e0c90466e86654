import type { FlavourRule } from './rule.ts';

/** A template is a pattern of units: without an instance there is nothing to switch. */
export const templateUnits: FlavourRule = ({ units }) =>
  units
    .filter(({ name, preset }) => preset !== 'mask' && /@\.[a-z]+$/.test(name))
    .map(({ name, at, mapped }) => ({
      code: 'template-unit',
      severity: 'error',
      message: `\`${name}\` is a template, and no instance is named`,
      span: at,
      ...(mapped && { related: [{ message: 'the base names it here', span: mapped }] }),
      hint: `such as \`${name.replace('@.', '@tty1.')}\``,
    }));
