import { doctorSays } from './doctor.ts';
import type { Scenario } from './scenario.ts';

export const noVirtualization: Scenario = {
  id: 'no-virtualization',
  title: 'a processor without virtualisation',
  proves:
    'On processors without SVM or VMX, or with it turned off, the host starts and its own doctor says that no guest can run, in words.',
  topologies: ['no-virtualization', 'intel-cpu'],
  needs: { components: ['doctor'] },
  checks: [
    doctorSays(
      'doctor-no-virtualization',
      'virtualization',
      'the processor has no virtualisation',
      /virtuali[sz]ation|SVM|VT-x|AMD-V/i,
    ),
  ],
};
