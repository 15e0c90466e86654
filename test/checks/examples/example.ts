import type { Check, CheckContext } from '../../../scripts/checks/index.ts';
import type { Manifest } from '../../../scripts/image/index.ts';
import type { Milestone, Picture, Topology } from '../../../scripts/lab/index.ts';
import { type Answers, contextThat, machineOf } from '../context.ts';

type Answer = ReturnType<Answers>;

/** What a guest answers to the first script that holds these words: the same each time, or one after the other, the last for good. */
export type Said = readonly [words: string, answer: Answer | readonly Answer[]];

/**
 * One guest, and what a check must say of it. Every check has at least one that passes and one that fails; the tables in
 * this folder, and in test/scenarios/examples, are looked through by examples.test.ts.
 */
export interface Example {
  /** The check's id. */
  readonly of: string;
  /** What is so in this guest, a few words. */
  readonly when: string;
  /** A question that no entry is for is a mistake of the example. */
  readonly says: readonly Said[];
  /** The whole summary: one of these three. */
  readonly passes?: string;
  readonly fails?: string;
  readonly skipped?: string;
  readonly manifest?: Partial<Manifest>;
  readonly topology?: Partial<Topology>;
  /** Lines of the console. */
  readonly console?: readonly string[];
  /** What the screen shows each time that it is looked at; the last for good. */
  readonly screen?: readonly Picture[];
  /** The milestones of each boot that follows a restart. */
  readonly boots?: readonly Milestone[];
}

/** A hundredth of what a check waits for, so that an example of what never comes ends at once. */
const haste = 100;

/** The surroundings that an example describes. `tick` lets a second pass with each answer. */
function contextOf(
  { says, manifest, topology, console = [], screen = [], boots = [] }: Example,
  tick: () => void,
): CheckContext {
  const asked = new Map<Said, number>();
  const answers: Answers = (script) => {
    const said = says.find(([words]) => script.includes(words));
    if (said === undefined) throw new Error(`the example does not say what the guest answers to: ${script}`);
    const [, answer] = said;
    tick();
    const time = asked.get(said) ?? 0;
    asked.set(said, time + 1);
    return isOne(answer) ? answer : (answer[Math.min(time, answer.length - 1)] ?? '');
  };
  let looks = 0;
  const machine = {
    ...machineOf(topology ?? {}),
    consoleLines: console,
    picture: async () => {
      const picture = screen[Math.min(looks++, screen.length - 1)];
      if (picture === undefined) throw new Error('the example does not say what the screen shows');
      return picture;
    },
    press: async () => {},
    screenshot: async (name: string) => `/run/${name}.png`,
    reboot: async () => boots,
    powerCut: async () => boots,
    hotplug: async () => ({ unplug: async () => {} }),
  };
  return { ...contextThat(answers, manifest, machine), scaled: (seconds) => seconds / haste };
}

const isOne = (answer: Said[1]): answer is Answer => !Array.isArray(answer);

/** What the check says of it: `passed: all 2 are`. */
export async function outcomeOf(check: Check, example: Example, tick: () => void): Promise<string> {
  const { status, summary } = await check.run(contextOf(example, tick));
  return `${status}: ${summary}`;
}

/** What it must say. */
export function wantedOf({ passes, fails, skipped }: Example): string {
  if (passes !== undefined) return `passed: ${passes}`;
  return fails === undefined ? `skipped: ${skipped}` : `failed: ${fails}`;
}
