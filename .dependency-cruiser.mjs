// Who may import whom in scripts/: `npm run check:imports`. Types count like anything else.
import { readdirSync } from 'node:fs';

// Rooms by floor, the lowest first. A room imports from lower floors only: never from a higher one, nor from its own.
const floors = [
  ['kickstart-parser'],
  ['boot-menu', 'diagnostic', 'files', 'outputs', 'places', 'progress', 'secure-boot'],
  ['process', 'report/diagnostics', 'signing'],
  ['flavour'],
  ['render', 'hardware', 'host', 'repository', 'context', 'package-lock'],
  ['plan', 'prepare', 'command-line', 'configure'],
  // The program on the medium; engines bundle it, nobody imports it.
  ['bits', 'cache', 'explain', 'image', 'write-medium', 'installation'],
  ['engines/exact-packages'],
  ['committed-set', 'dossier', 'engines/tools', 'engines/engine', 'engines/values'],
  ['engines/fedora-iso', 'release'],
  ['engines/anaconda', 'engines/direct', 'vulnerabilities', 'channels'],
  // Machines alone, which netinst installs on; what is asked of them stands above.
  ['lab'],
  ['engines/installer', 'engines/livemedia', 'engines/netinst'],
  ['checks'],
  ['scenarios', 'expectation'],
  ['test-run'],
  ['build', 'lock-flavours'],
  ['docs', 'report/test-run', 'report/trend'],
  ['report/job-summary', 'schema-types', 'testing'],
  ['commands', 'package'],
];

// These folders hold rooms and are none themselves.
const groups = ['engines', 'report'];

const foldersIn = (folder) =>
  readdirSync(new URL(`scripts/${folder}`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}${name}`);
const there = [
  ...foldersIn('').filter((folder) => !groups.includes(folder)),
  ...groups.flatMap((group) => foldersIn(`${group}/`)),
];
const known = floors.flat();
const astray = [...there.filter((room) => !known.includes(room)), ...known.filter((room) => !there.includes(room))];
if (astray.length > 0) throw new Error(`rooms and the table of floors differ in ${astray.join(', ')}`);

const room = `(?:(?:${groups.join('|')})/)?[^/]+`;
const door = `^scripts/(?:${room}|kickstart-parser/src(?:/report)?)/index\\.ts$`;
const anyOf = (rooms) => `^scripts/(${rooms.join('|')})/`;

export default {
  forbidden: [
    {
      name: 'circle',
      comment: 'Files do not import each other in a circle: what both need is a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'past-the-door',
      comment: "A room's index.ts says what others may take of it.",
      severity: 'error',
      from: { path: `^scripts/(${room})/` },
      to: { path: '^scripts/', pathNot: ['^scripts/$1/', door] },
    },
    {
      name: 'past-the-door-from-outside',
      comment: 'What lies in no room comes in by the doors, too.',
      severity: 'error',
      from: { path: '^scripts/[^/]+\\.ts$' },
      to: { path: '^scripts/', pathNot: door },
    },
    ...floors.map((rooms, floor) => ({
      name: `only-lower-floors-from-${rooms.join('-').replaceAll('/', '-')}`,
      comment: 'What a room imports lies on a lower floor of the table in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: anyOf(rooms) },
      to: { path: anyOf(floors.slice(floor).flat()), pathNot: '^scripts/$1/' },
    })),
  ],
  options: {
    // TypeScript 7 has no interface for other programs yet; swc reads the language as well.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node'] },
  },
};
