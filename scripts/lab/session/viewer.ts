import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../../context/index.ts';
import { describeEnd, lastLines } from '../../process/index.ts';

/** A program of the host that shows a VNC display from a socket. */
export interface Viewer {
  readonly program: string;
  readonly argv: (socket: string) => [string, ...string[]];
}

// A socket's path may have 107 bytes: from its own directory it is short.
const inPlace = (program: string): Viewer => ({ program, argv: (socket) => [program, `./${path.basename(socket)}`] });

const known: readonly Viewer[] = [
  { program: 'remote-viewer', argv: (socket) => ['remote-viewer', `vnc+unix://${socket}`] },
  inPlace('vncviewer'),
  inPlace('xtigervncviewer'),
];

/** The viewer to use; undefined where there is no desktop, or none is installed. */
export function viewerFor(env: NodeJS.ProcessEnv): Viewer | undefined {
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  const directories = (env.PATH ?? '').split(path.delimiter);
  return known.find(({ program }) => directories.some((directory) => existsSync(path.join(directory, program))));
}

const desktopVariables = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS'];

/** Opens the window. Whoever closes it leaves the machine on; a window that does not open leaves it to the terminal. */
export function openViewer(viewer: Viewer, socket: string, context: Pick<Context, 'runner' | 'say'>): void {
  const env = Object.fromEntries(
    desktopVariables.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const opened = context.runner.start({ argv: viewer.argv(socket), cwd: path.dirname(socket), env });
  void opened.completed.then((completed) => {
    if (completed.exitCode === 0 || completed.signal !== null) return;
    const why = lastLines(completed, 1).join('');
    context.say(`${viewer.program} ${describeEnd(completed)}: ${why}\r`);
    context.say(`the display is offered by VNC at ${socket}\r`);
  });
}
