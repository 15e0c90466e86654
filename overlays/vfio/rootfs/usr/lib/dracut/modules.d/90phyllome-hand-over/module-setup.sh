#!/bin/bash
# dracut module: devices go to vfio-pci before udev looks for their drivers.

# Only where dracut.conf.d names it.
check() { return 255; }

depends() { return 0; }

installkernel() {
  # Also where dracut makes an initramfs for the computer that it runs on, which may not use the driver yet.
  hostonly='' instmods vfio-pci vfio_iommu_type1
}

install() {
  inst_simple /etc/phyllome/hand-over
  inst_simple /usr/lib/phyllome/graphics-card.sh
  inst_script /usr/libexec/phyllome-hand-over /usr/libexec/phyllome-hand-over
  inst_hook pre-udev 10 "$moddir/hand-over.sh"
}
