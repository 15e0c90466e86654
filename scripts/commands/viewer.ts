import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Context } from './context.ts';

/** A program of the host that shows a VNC display from a socket. */
export interface Viewer {
  readonly program: string;
  readonly argv: (socket: string) => [string, ...string[]];
}

const known: readonly Viewer[] = [
  { program: 'remote-viewer', argv: (socket) => ['remote-viewer', `vnc+unix://${socket}`] },
  { program: 'vncviewer', argv: (socket) => ['vncviewer', socket] },
  { program: 'xtigervncviewer', argv: (socket) => ['xtigervncviewer', socket] },
];

/** The viewer to use; undefined where there is no desktop, or none is installed. */
export function viewerFor(env: NodeJS.ProcessEnv): Viewer | undefined {
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  const directories = (env.PATH ?? '').split(path.delimiter);
  return known.find(({ program }) => directories.some((directory) => existsSync(path.join(directory, program))));
}

const desktopVariables = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS'];

/** Opens the window. Whoever closes it leaves the machine on. */
export function openViewer(viewer: Viewer, socket: string, context: Pick<Context, 'runner'>): void {
  const env = Object.fromEntries(
    desktopVariables.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  context.runner.start({ argv: viewer.argv(socket), env });
}
