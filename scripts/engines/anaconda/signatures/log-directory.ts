import type { Signature } from './signature.ts';

export const logDirectory: Signature = {
  id: 'log-directory',
  pattern: /PermissionError: .*program\.log/,
  cause: 'the log directory cannot be written to',
  advice: 'Check the owner of the work directory; a container must see it writable.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py; met with lorax 46',
  excerpt: [
    'Traceback (most recent call last):',
    "PermissionError: [Errno 13] Permission denied: '/work/logs/program.log'",
  ],
};
