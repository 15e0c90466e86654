import type { AnyImageContext, Check, CheckContext, CheckOutcome } from '../../checks/index.ts';
import type { NamedCheck } from '../../expectation/index.ts';
import { machineLacks } from './run-check.ts';

/** A check asked what its image's manifest says, and there is none. */
class NoManifest extends Error {}

/** A check as it can be asked of an image of which only the file is known; what it needs beyond that is told, not guessed. */
export function withoutManifest(check: Check): NamedCheck {
  const { id, title, needs = {} } = check;
  return {
    id,
    title,
    async run(context) {
      const { components = [] } = needs;
      const missing = [
        ...machineLacks(needs, context.machine.topology),
        ...(components.length === 0
          ? []
          : [
              `it is about what component ${components.join(' and ')} brings, and what this image is made of is not known`,
            ]),
      ];
      return missing.length > 0 ? notAsked(missing.join('; ')) : ask(check, context);
    },
  };
}

async function ask(check: Check, context: AnyImageContext): Promise<CheckOutcome> {
  const known: CheckContext = {
    ...context,
    get expect(): never {
      throw new NoManifest();
    },
  };
  try {
    return await check.run(known);
  } catch (error) {
    if (error instanceof NoManifest)
      return notAsked(
        'it compares with what the image was made of, which only a manifest tells, and this image has none',
      );
    throw error;
  }
}

const notAsked = (summary: string): CheckOutcome => ({ status: 'skipped', summary, evidence: [] });
