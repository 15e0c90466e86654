/** What two built images are compared in, in the order in which it is told. */
export const BUILT_PARTS = [
  'packages',
  'units',
  'kernel arguments',
  'kernel modules',
  'kernel settings',
  'users',
  'groups',
  'setuid and setgid files',
  'file capabilities',
  'places that anybody can write to',
  'polkit and sudo rules',
  'owners and modes',
  'files',
  'listening sockets',
  'verdicts of tests',
  'boot time and memory',
  'sizes',
  'tools that made it',
] as const;
export type BuiltPart = (typeof BUILT_PARTS)[number];

/** Names with what is said of them, for each part that is known of an image. */
export type BuiltProfile = ReadonlyMap<BuiltPart, ReadonlyMap<string, string>>;

/** What only tests know. */
export const TESTED_PARTS: readonly BuiltPart[] = ['listening sockets', 'verdicts of tests', 'boot time and memory'];
