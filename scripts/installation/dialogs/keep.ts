import { failureLog } from '../failure-log.ts';
import type { Machine } from '../machine.ts';
import { answer, back, type Reply, type Screen } from './screen.ts';
import { inVolume } from './volumes.ts';

const logName = 'phyllome-install.log';

/** Writes a file onto a volume that is chosen, asks before another one is written over, and says `done`. */
export function keepFile(
  screen: Screen,
  machine: Machine,
  title: string,
  { name, text, done }: { readonly name: string; readonly text: string; readonly done: string },
): Reply<true> {
  // Told only when the volume is closed: whoever reads it pulls the stick out.
  const told = inVolume(screen, machine, title, 'rw', (directory): Reply<string> => {
    const file = `${directory}/${name}`;
    if (machine.exists(file)) {
      const over = screen.yes(title, screen.words.keep.over(name), { initial: false });
      if (over.kind === 'stop') return over;
      if (over.kind === 'back' || !over.value) return back;
    }
    try {
      machine.write(file, text, 0o600);
      const { status, stderr } = machine.run(['sync', file]);
      if (status !== 0) throw new Error(stderr.trim());
    } catch (error) {
      return answer(screen.words.keep.failed(error instanceof Error ? error.message : String(error)));
    }
    return answer(done);
  });
  return told.kind === 'answer' ? screen.tell(title, told.value) : told;
}

/** Keeps what was done until an installation failed, with what kernel and installer said meanwhile. */
export function keepLog(screen: Screen, machine: Machine): Reply<true> {
  const journal = (...words: readonly string[]) =>
    machine.run(['journalctl', '--boot', '--no-pager', '--quiet', '--output=short-precise', ...words]).stdout;
  const text = [
    machine.read(failureLog) ?? 'No installation has failed since this computer was started.\n',
    '--- the installer\n',
    journal('--unit=phyllome-installer*'),
    // Not all of them: the kernel's arguments may hold the address of answers, and what opens it.
    '--- the kernel, from warnings on\n',
    journal('--dmesg', '--priority=warning'),
  ].join('');
  return keepFile(screen, machine, screen.words.keep.log, {
    name: logName,
    text,
    done: screen.words.keep.written(logName),
  });
}
