import { createContext, Script } from 'node:vm';

const expressions = new Map<string, RegExp | undefined>();

/** The pattern for a whole value; undefined where it is no regular expression. */
export function expressionOf(pattern: string): RegExp | undefined {
  if (!expressions.has(pattern)) {
    try {
      expressions.set(pattern, new RegExp(`^(?:${pattern})$`, 'u'));
    } catch {
      expressions.set(pattern, undefined);
    }
  }
  return expressions.get(pattern);
}

/** Milliseconds that one comparison may take: whatever can be compared at all takes microseconds. */
const LIMIT = 500;

/** Made at the first use: a flavour without patterns pays nothing. */
let bounded: ((expression: RegExp, text: string) => boolean) | undefined;

/**
 * Whether all of a text is what the pattern says. `(a+)+` takes twice the time for each further letter: a stranger's component
 * must not keep `list` and `lint` busy forever, so the comparison ends after a while.
 */
export function matches(pattern: string, text: string): 'yes' | 'no' | 'takes too long' {
  const expression = expressionOf(pattern);
  if (!expression) return 'no';
  bounded ??= boundedTest();
  let spent = 0;
  for (;;) {
    const before = process.cpuUsage();
    try {
      return bounded(expression, text) ? 'yes' : 'no';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      const { user, system } = process.cpuUsage(before);
      // On a busy computer it may not have been its turn: only time in which this program worked counts, all of it.
      spent += (user + system) / 1000;
      if (spent > LIMIT / 2) return 'takes too long';
    }
  }
}

function boundedTest(): (expression: RegExp, text: string) => boolean {
  const context = createContext({});
  const script = new Script('expression.test(text)');
  return (expression, text) => {
    Object.assign(context, { expression, text });
    return script.runInContext(context, { timeout: LIMIT }) as boolean;
  };
}
