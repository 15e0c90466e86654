import type { SampleChange } from '../dossier/build-sample.ts';
import { usual } from '../dossier/facts-sample.ts';

/** A line of dpkg-query, built from further sources. */
const signed = (name: string, version: string, source: string, using: string, needs = '') =>
  `${name}\t${version}\tamd64\t${source}\t${version.replace('-', '+')}\t9\tA <a@b>\t\t\t${needs}\t\t\tno\t${using}\t\n`;

/** The sample system with a kernel that was signed elsewhere, as this version of the program notes it. */
export const withKernel: SampleChange = {
  facts: {
    packages:
      usual.packages
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `${line}\t\t\n`)
        .join('') + signed('linux-image-amd64', '6.12.43-1', 'linux-signed-amd64', 'linux (= 6.12.43-1)'),
  },
};

const release = (status: string, more: object = {}) => ({
  releases: { trixie: { status, urgency: 'not yet assigned', repositories: { trixie: '1' }, ...more } },
});

/** In the form of https://security-tracker.debian.org/tracker/data/json. */
export const tracker = {
  bash: {
    'CVE-2026-0001': {
      description: 'Sixes are read as nines.',
      scope: 'remote',
      debianbug: 1,
      ...release('resolved', {
        fixed_version: '5.2.37-2+deb13u1',
        urgency: 'high',
        repositories: { trixie: '5.2.37-2', 'trixie-security': '5.2.37-2+deb13u1' },
      }),
    },
    'CVE-2026-0002': release('resolved', { fixed_version: '5.2.37-2~' }),
    'CVE-2026-0003': release('resolved', { fixed_version: '0' }),
    'CVE-2026-0004': { releases: { bookworm: { status: 'open', urgency: 'high' } } },
    // Mended in sid by a version that trixie never had, and in trixie by its own.
    'CVE-2026-0005': release('resolved', { fixed_version: '5.3-1', repositories: { trixie: '5.2.37-2' } }),
    'CVE-2026-0010': release('open', { urgency: 'low**', nodsa: 'Minor issue', nodsa_reason: 'postponed' }),
  },
  glibc: {
    'CVE-2019-0001': release('open', { urgency: 'unimportant' }),
    'TEMP-0000000-ABCDEF': release('undetermined'),
  },
  iputils: { 'CVE-2026-0006': release('open', { next_point_update: true }) },
  linux: {
    'CVE-2026-0007': release('resolved', {
      fixed_version: '6.12.100-1',
      urgency: 'medium',
      repositories: { trixie: '6.12.100-1' },
    }),
  },
  'linux-signed-amd64': {},
  // A package of that name would be found by any object's own properties.
  constructor: { 'CVE-2026-0008': release('open') },
};
