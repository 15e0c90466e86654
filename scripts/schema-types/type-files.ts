/** A TypeScript file made of JSON Schemas, paths from the checkout's root. */
export interface TypeFile {
  readonly file: string;
  readonly schemas: readonly string[];
}

/** The files of types that schemas describe. */
export const typeFiles: readonly TypeFile[] = [
  {
    file: 'scripts/flavour/source-files.ts',
    schemas: ['flavour', 'component', 'base', 'hardware', 'overlay'].map(
      (name) => `kickstarts/schema/${name}.schema.json`,
    ),
  },
  { file: 'scripts/package-lock/lock-file.ts', schemas: ['kickstarts/schema/lock.schema.json'] },
  { file: 'scripts/lab/topology/topology-file.ts', schemas: ['scripts/lab/topology/topology.schema.json'] },
  { file: 'scripts/expectation/expectation-file.ts', schemas: ['scripts/expectation/expectation.schema.json'] },
  {
    file: 'scripts/test-run/schedule/quarantine-file.ts',
    schemas: ['scripts/test-run/schedule/quarantine.schema.json'],
  },
];
