import { type CheckOutcome, failed, parseMemoryInformation, passed } from '../checks/index.ts';
import type { ExpectationFile } from './expectation-file.ts';
import type { Expectation } from './load-expectation.ts';
import type { ForeignContext, NamedCheck, Question } from './question.ts';
import { stepTitle, takeStep } from './step-questions.ts';

/** What an expectation asks once the image has come to rest, in order. `checks`: those that can be named. */
export function questionsOf({ data, source }: Expectation, checks: readonly NamedCheck[]): readonly Question[] {
  const question = (
    path: readonly (string | number)[],
    id: string,
    title: string,
    byAgent: boolean,
    run: (context: ForeignContext) => Promise<CheckOutcome>,
  ): Question => ({
    id,
    title,
    proves: `${title}: expected by ${source.source.file}.`,
    byAgent,
    span: source.spanOfValue(path),
    run,
  });
  const entries = <K extends keyof ExpectationFile>(key: K) => Object.entries(data[key] ?? {}) as [string, never][];
  return [
    ...(data.steps ?? []).map((step, index) =>
      question(['steps', index], `step-${index + 1}`, stepTitle(step), false, (context) => takeStep(step, context)),
    ),
    ...entries('units').map(([unit, state]) =>
      question(['units', unit], `unit-${unit}`, `${unit} is ${state}`, true, async ({ guest }) => {
        const found = await guest.unit(unit);
        const { stdout } = await guest.run(['systemctl', 'is-enabled', '--', unit], { allowFailure: true });
        const states = found.load === 'not-found' ? ['absent'] : [found.active, stdout.trim()];
        return judge(states.includes(state), `it is ${states.join(', ')}`);
      }),
    ),
    ...(data.kernelArguments ?? []).map((argument, index) =>
      question(
        ['kernelArguments', index],
        `kernel-argument-${argument}`,
        `the kernel was told ${argument}`,
        true,
        async ({ guest }) => {
          const given = await guest.kargs();
          return judge(given.includes(argument), `its arguments: ${given.join(' ')}`);
        },
      ),
    ),
    ...(data.files ?? []).map((file, index) =>
      question(['files', index], `file-${file.path}`, `${file.path} is as expected`, true, async ({ guest }) => {
        const there = await guest.run(['cat', '--', file.path], { allowFailure: true });
        if (file.absent === true) return judge(there.status !== 0, there.status === 0 ? 'it is there' : 'it is absent');
        if (there.status !== 0) return failed(there.stderr.trim());
        const holds = file.contains === undefined || there.stdout.includes(file.contains);
        return judge(
          holds,
          holds ? 'it is there' : `it does not contain ${JSON.stringify(file.contains)}`,
          there.stdout,
        );
      }),
    ),
    ...(data.commands ?? []).map((command, index) =>
      question(['commands', index], `command-${index + 1}`, command.run, true, async ({ guest }) => {
        const { status, stdout, stderr } = await guest.run(command.run, { allowFailure: true });
        const { status: wanted = 0, output = '' } = command;
        const words =
          status === wanted
            ? stdout.includes(output)
              ? 'as expected'
              : `it did not print ${JSON.stringify(output)}`
            : `it ended with ${status}, not ${wanted}`;
        return judge(words === 'as expected', words, `${stdout}${stderr}`);
      }),
    ),
    ...(data.ports ?? []).map((port, index) =>
      question(['ports', index], `port-${port}`, `something listens on TCP port ${port}`, true, async ({ guest }) => {
        // /proc knows on every system what `ss` knows where it is installed. 0A: listening.
        const { stdout } = await guest.run('cat /proc/net/tcp /proc/net/tcp6 2>/dev/null', { allowFailure: true });
        const hex = port.toString(16).toUpperCase().padStart(4, '0');
        const listens = new RegExp(`^ *\\d+: [0-9A-F]+:${hex} [0-9A-F]+:[0-9A-F]+ 0A `, 'm').test(stdout);
        return judge(listens, listens ? 'it does' : 'nothing does');
      }),
    ),
    ...(data.packages ?? []).map((name, index) =>
      question(['packages', index], `package-${name}`, `${name} is installed`, true, async ({ guest }) => {
        const script = `if command -v dpkg-query >/dev/null; then dpkg-query --show --showformat='\${Status} \${Version}' -- ${name} | grep '^install ok installed'
elif command -v rpm >/dev/null; then rpm --query -- ${name}; else pacman -Q -- ${name}; fi`;
        const { status, stdout } = await guest.run(script, { allowFailure: true });
        return judge(status === 0, status === 0 ? stdout.trim() : 'it is not');
      }),
    ),
    ...(data.memoryMiB === undefined ? [] : [memoryQuestion(data.memoryMiB, question)]),
    ...(data.checks ?? []).flatMap((id, index) => {
      const check = checks.find((one) => one.id === id);
      return check === undefined ? [] : [question(['checks', index], id, check.title, true, check.run)];
    }),
    // Last: whatever the others did is looked at, too.
    ...(data.disksUntouched === true
      ? [
          question(
            ['disksUntouched'],
            'disks-untouched',
            'the other disks stay untouched',
            false,
            async ({ machine }) => {
              const bytes = await machine.bytesWritten();
              return bytes === undefined
                ? failed('the machine has no other disk')
                : judge(bytes === 0, `${bytes} bytes were written`);
            },
          ),
        ]
      : []),
  ];
}

function memoryQuestion(
  mostMiB: number,
  question: (path: readonly string[], id: string, title: string, byAgent: boolean, run: Question['run']) => Question,
): Question {
  return question(['memoryMiB'], 'memory', `at most ${mostMiB} MiB of memory are used`, true, async ({ guest }) => {
    const { MemTotal, MemAvailable } = parseMemoryInformation((await guest.read('/proc/meminfo')).toString());
    const usedMiB = Math.round((MemTotal - MemAvailable) / 1024);
    return judge(usedMiB <= mostMiB, `${usedMiB} MiB, budget ${mostMiB} MiB`);
  });
}

function judge(isSo: boolean, summary: string, evidence = ''): CheckOutcome {
  const lines = evidence
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-15);
  return isSo ? passed(summary, lines) : failed(summary, lines);
}
