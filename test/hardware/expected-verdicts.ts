/** What must be said of a computer. */
export interface Expected {
  readonly processor: string;
  readonly iommu: string;
  /** The answers by address; devices that are not named may have any. */
  readonly answers: Readonly<Record<string, string>>;
  /** What a reader must be told. */
  readonly tells: readonly (string | RegExp)[];
  /** What nobody should be told. */
  readonly spares?: readonly string[];
  readonly components: readonly string[];
}

/** By the name of its dump. */
export const machines: Readonly<Record<string, Expected>> = {
  'desktop-amd-two-cards': {
    processor: 'ready',
    iommu: 'on',
    answers: {
      '0000:0b:00.0': 'yes',
      '0000:0c:00.0': 'price',
      '0000:06:00.0': 'price',
      '0000:08:00.1': 'together',
      '0000:0a:00.0': 'no',
      '0000:0e:00.3': 'yes',
    },
    tells: [
      '0000:0b:00.0, 0000:0b:00.1  NVIDIA graphics 10de:1b06 with its sound',
      'in the firmware set-up of Gigabyte: Initial Display Output, probably under Settings › IO Ports',
      'move it to 0000:07:00.0 first',
      'all of IOMMU group 23 goes to the same guest: 0000:08:00.3 AMD USB',
      'the keyboard hangs on 0000:08:00.3 AMD USB 1022:149c: the host is then run over the network',
      'makes the kernel ignore that: a guest with one device of the group may then\n  read and write the memory of the others',
    ],
    spares: ['1022:1485'],
    components: ['cpu-amd', 'firmware-wired', 'firmware-wireless', 'firmware-gpu-nvidia'],
  },
  'intel-without-vt-d': {
    processor: 'ready',
    iommu: 'off-in-firmware',
    answers: {},
    tells: ['in the firmware set-up of Lenovo: Security › Virtualization › Intel (R) VT-d Feature: Enabled', 'TPM 1.2'],
    components: ['cpu-intel', 'firmware-wireless', 'firmware-gpu-intel'],
  },
  'iommu-off-in-kernel': {
    processor: 'ready',
    iommu: 'off-in-kernel',
    answers: {},
    tells: ['kernel argument `intel_iommu=on`: images of Phyllome OS have it; nothing to do in the firmware'],
    spares: ['in the firmware set-up'],
    components: ['cpu-intel', 'firmware-gpu-amd', 'firmware-gpu-intel'],
  },
  'laptop-amd-processor-graphics': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:04:00.0': 'price', '0000:04:00.3': 'price', '0000:04:00.4': 'yes', '0000:02:00.0': 'no' },
    tells: [
      '0000:04:00.0, 0000:04:00.1  AMD graphics 1002:1638 with its sound',
      'it is the only graphics card: the host stays without a screen',
      'the keyboard hangs on it',
    ],
    components: ['cpu-amd', 'firmware-wired', 'firmware-gpu-amd'],
  },
  'laptop-intel-nvidia': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:01:00.0': 'price', '0000:00:02.0': 'price', '0000:00:1f.2': 'no', '0000:05:00.0': 'yes' },
    tells: ['it drives no screen by itself, as in most laptops', 'the other graphics has no screen outputs'],
    spares: ['Initiate Graphic Adapter'],
    components: ['cpu-intel', 'firmware-wireless', 'firmware-gpu-intel', 'firmware-gpu-nvidia'],
  },
  'mini-pc': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:c4:00.0': 'price', '0000:c4:00.4': 'yes', '0000:03:00.0': 'no' },
    tells: [
      'it is the only graphics card: the host stays without a screen',
      'nothing can reset it',
      /Firmware that the kernel asked for in vain\n {2}amdgpu\/gc_11_0_1_mes1.bin/,
    ],
    components: ['cpu-amd', 'firmware-wired', 'firmware-wireless', 'firmware-gpu-amd'],
  },
  'old-amd-without-iommu': {
    processor: 'ready',
    iommu: 'unsupported',
    answers: {},
    tells: ['seldom have one, so that no device can be handed to a guest', 'started the old way (BIOS or CSM), no TPM'],
    spares: ['To change'],
    components: ['cpu-amd', 'firmware-wired', 'firmware-gpu-amd'],
  },
  'router-shared-ports': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:01:00.0': 'no', '0000:02:00.0': 'no', '0000:04:00.0': 'no', '0000:00:10.0': 'yes' },
    tells: ['it shares IOMMU group 1 with what the host needs (0000:01:00.0 Intel network 8086:1539'],
    components: ['cpu-amd', 'firmware-wireless'],
  },
  'server-sr-iov': {
    processor: 'ready',
    iommu: 'on',
    answers: {
      '0000:01:00.0': 'price',
      '0000:01:00.1': 'yes',
      '0000:04:00.0': 'yes',
      '0000:03:00.0': 'no',
      '0000:0c:00.0': 'price',
    },
    tells: [
      'its virtual functions (up to 63) can be handed over while the host keeps it',
      'it makes up to 8 virtual functions, one for each of as many guests (SR-IOV)',
    ],
    components: ['cpu-intel'],
  },
  'shared-group-behind-chipset': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:04:00.0': 'no', '0000:07:00.0': 'price', '0000:03:00.0': 'no' },
    tells: ['in another slot, best one of the processor', 'many AMD cards before the RX 6000 do not come back'],
    components: ['cpu-amd', 'firmware-wired', 'firmware-gpu-amd', 'firmware-gpu-nvidia'],
  },
  'single-graphics-card': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:01:00.0': 'price', '0000:00:1f.3': 'no' },
    tells: ['component `gpu-only-one`, and SSH at hand', 'it is the only USB controller', 'run the probe as root'],
    components: ['cpu-intel', 'firmware-wired', 'firmware-gpu-amd'],
  },
  'virtual-machine': {
    processor: 'guest',
    iommu: 'guest',
    answers: {},
    tells: ['this is a virtual machine, and its host does not hand SVM on', 'host-passthrough'],
    spares: ['in the firmware set-up'],
    components: [],
  },
  'vt-x-off-in-firmware': {
    processor: 'off-in-firmware',
    iommu: 'on',
    answers: { '0000:00:02.0': 'price', '0000:00:14.0': 'price' },
    tells: [
      'in the firmware set-up of ASUS: Advanced › CPU Configuration › Intel (VMX) Virtualization Technology: Enabled',
      'the kernel says «x86/cpu: VMX (outside TXT) disabled by BIOS»',
      'i915-GVTg_V5_4, i915-GVTg_V5_8 (mediated devices)',
      '0000:00:14.2 Intel memory controller 8086:06ef, which no driver uses: it stays',
    ],
    components: ['cpu-intel', 'firmware-gpu-intel'],
  },
};
