import type { DirectBase } from '../base.ts';
import type { RpmBase } from '../rpm/base.ts';
import { rpmFamily } from '../rpm/rpm-family.ts';
import { debFamily } from './deb-family.ts';
import type { PackageFamily } from './package-family.ts';

/** How packages of a base are dealt with. */
export function familyOf(base: DirectBase | RpmBase): PackageFamily {
  return 'toolsMirror' in base ? rpmFamily(base) : debFamily(base);
}
