import { type CheckOutcome, type CheckResult, passed } from '../../checks/index.ts';
import type { LabRun, Rest, Topology } from '../../lab/index.ts';

/** What is seen of a machine from outside. */
type Seen = Pick<LabRun, 'milestones' | 'consoleLines'>;

/** systemd takes units from system credentials since then. */
const agentSince = 256;

/** How far an image came: what every image can be asked, or why it cannot. */
export function howFar(rest: Rest, run: Seen, { medium }: Pick<Topology, 'medium'>): CheckResult[] {
  const { look } = rest;
  const at = (id: string) => run.milestones.passed.find((milestone) => milestone.id === id)?.atMs;
  const seconds = (ms: number | undefined) => (ms === undefined ? '' : ` after ${(ms / 1000).toFixed(1)} s`);
  const loaded = medium.kind === 'linux' || medium.kind === 'kernel';
  const result = (id: string, title: string, proves: string, outcome: CheckOutcome): CheckResult => ({
    id,
    title,
    proves,
    ...outcome,
    durationMs: 0,
  });
  return [
    result(
      'loader-reached',
      'the firmware started a loader',
      'The firmware handed over to something of the image: a loader spoke, or a kernel runs.',
      loaded
        ? cannotAsk('QEMU loads the kernel itself')
        : passed(
            `it did${seconds(at('loader') ?? at('kernel'))}${rest.pressed ? '; a key was pressed at its menu' : ''}`,
          ),
    ),
    result(
      'kernel-reached',
      'a kernel runs',
      "A kernel has set up the processors' tables at addresses of its own, or has said its version on the console.",
      look.kernel || at('kernel') !== undefined
        ? passed(`it does${seconds(at('kernel'))}`)
        : cannotAsk('the loader is all that was expected'),
    ),
    result(
      'programs-run',
      'programs run on the kernel',
      'A processor was seen outside of the kernel, or a program has answered: the initramfs, or the system itself.',
      look.programs || rest.at === 'agent' || rest.at === 'login'
        ? passed('they do')
        : cannotAsk(
            'no processor was seen in a program, in one look in a second and a half; what is shown may be theirs',
          ),
    ),
    result(
      'came-to-rest',
      'it reached a login, or a screen for a person',
      'The machine stands still with something before a person that is no line of a log; or its system manager has said that it is up.',
      passed(...resting(rest)),
    ),
  ];
}

function resting({ at, look, serial }: Rest): [string, readonly string[]] {
  const lines = (text: readonly string[]) => text.filter((line) => line.trim() !== '');
  const onSerial = lines(serial.split('\n'));
  const onDisplay = lines(look.display.lines);
  const last = (text: readonly string[]) => text.at(-1)?.trim() ?? '';
  if (at === 'agent') return ['the system manager has no start job left', onSerial];
  if (at === 'login') return [`a login: ${last(onSerial) || last(onDisplay)}`, [...onSerial, ...onDisplay]];
  if (at === 'serial') return [`a screen on the serial console: ${onSerial[0]?.trim() ?? ''}`, onSerial];
  if (at === 'loader') return ['the loader shows something', [...onSerial, ...onDisplay]];
  return look.display.kind === 'drawing'
    ? ['a picture on the display; text in it cannot be read', []]
    : [`a screen on the display: ${onDisplay[0]?.trim() ?? ''}`, onDisplay];
}

/** Why there is nobody in the guest who could be asked. */
export function whyNoAgent(rest: Pick<Rest, 'at' | 'look'>, { consoleLines }: Pick<Seen, 'consoleLines'>): string {
  if (rest.at === 'loader') return 'no system was expected';
  const version = [...consoleLines, ...rest.look.display.lines]
    .map((line) => /\bsystemd (\d{3})\b.* running in system mode/.exec(line)?.[1])
    .findLast((found) => found !== undefined);
  if (version === undefined) {
    return `the lab's agent did not answer: it takes systemd ${agentSince} or newer, bash and virtio_console; no systemd was seen`;
  }
  return Number(version) < agentSince
    ? `systemd ${version} takes no units from credentials, by which the lab's agent comes: that began with ${agentSince}`
    : `systemd ${version} runs, but the lab's agent did not answer: it needs bash and virtio_console in the image`;
}

const cannotAsk = (why: string): CheckOutcome => ({ status: 'skipped', summary: why, evidence: [] });
