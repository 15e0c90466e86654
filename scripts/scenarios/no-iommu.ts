import { doctorSays } from './doctor.ts';
import type { Scenario } from './scenario.ts';

export const noIommu: Scenario = {
  id: 'no-iommu',
  title: 'a machine without IOMMU',
  proves: 'On a machine that can hand over nothing, the host starts and its own doctor says what is missing, in words.',
  topologies: ['no-iommu'],
  needs: { components: ['doctor'] },
  checks: [doctorSays('doctor-no-iommu', 'iommu', 'there is no IOMMU', /IOMMU/i)],
};
