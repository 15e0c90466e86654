import path from 'node:path';
import { option, optionalOperand, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { copyInto, enterShell, listSessions } from '../lab/index.ts';

export const name = 'shell';
export const help = {
  summary: 'be root in a machine that `run` or `test --keep` holds',
  more: '`--copy FILE` brings a file into its /root first',
};
export const flags = {
  machine: optionalOperand(text('machine'), 'a part of its title, or its number; the only one when absent'),
  copy: option(text('file', 'files'), 'copy it into /root of the guest first'),
};
export const startsPrograms = true;

/**
 * A root shell in a machine that `run` or `test --keep` holds.
 * @throws ReportedError when there is none, or several and none was named
 */
export async function run(
  { machine: name, copy }: Values<typeof flags>,
  context: Pick<Context, 'places' | 'say' | 'signal'>,
): Promise<void> {
  const sessions = await listSessions(context.places.cache);
  const wanted = sessions.filter(
    (session) => name === undefined || session.title.includes(name) || String(session.pid) === name,
  );
  const [session] = wanted;
  if (session === undefined || wanted.length > 1) {
    throw new ReportedError({
      code: session === undefined ? 'no-such-session' : 'which-session',
      severity: 'error',
      message:
        session !== undefined
          ? 'several machines run: name one'
          : sessions.length === 0
            ? 'no machine runs'
            : `no machine that runs is called ${name}`,
      hint:
        sessions.length === 0
          ? '`phyllome run FLAVOUR` and `phyllome test FLAVOUR --keep` hold one.'
          : sessions.map(({ pid, title }) => `phyllome shell ${pid}   ${title}`).join('\n'),
    });
  }
  if (copy !== undefined) {
    await copyInto(session, path.resolve(copy), context.signal);
    context.say(`copied to /root/${path.basename(copy)}`);
  }
  context.say(`root in ${session.title}; \`exit\` or Ctrl-] twice leaves`);
  await enterShell(session, { input: process.stdin, output: process.stdout, kind: process.env.TERM }, context.signal);
}
