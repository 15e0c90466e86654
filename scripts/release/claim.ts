/** One thing that a published directory says of itself, judged. */
export interface Claim {
  readonly state: 'verified' | 'not claimed' | 'wrong';
  /** One sentence, without a full stop. */
  readonly sentence: string;
  /** Not claimed, and yet needed: whoever verifies must agree to go without. */
  readonly needed?: true;
}

export const verified = (sentence: string): Claim => ({ state: 'verified', sentence });
export const notClaimed = (sentence: string): Claim => ({ state: 'not claimed', sentence });
export const wrong = (sentence: string): Claim => ({ state: 'wrong', sentence });

/** The first of several in a row, and how many there are. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
