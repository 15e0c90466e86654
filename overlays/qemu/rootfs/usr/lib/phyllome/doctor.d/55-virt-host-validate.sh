# libvirt's own opinion. Warnings that are expected are named as such; the doctor asks about the IOMMU by itself.
if command -v virt-host-validate > /dev/null; then
  wrong='' odd='' expected=''
  while IFS= read -r line; do
    what=${line#*: Checking for }
    what=${what%%  *}
    what=${what% : *}
    case "$line" in
      *': PASS'*) ;;
      # SEV, TDX: for servers that offer it, and no guest here needs it.
      *'secure guest support'*': WARN'*) expected="$expected${expected:+, }no memory encryption for guests (SEV, TDX)" ;;
      # It looks for the table of the processor's maker, and is mistaken about mixed machines; see iommu.
      *'IOMMU'*': WARN'*) expected="$expected${expected:+, }IOMMU (see iommu)" ;;
      # See virtualization and kvm.
      *'hardware virtualization'*': FAIL'*) expected="$expected${expected:+, }virtualisation (see virtualization)" ;;
      *'/dev/kvm'*': FAIL'*) expected="$expected${expected:+, }/dev/kvm (see kvm)" ;;
      # Which devices a group may use, only root can ask.
      *"cgroup 'devices'"*': WARN'*) if is_root; then odd="$odd${odd:+; }$what"; else expected="$expected${expected:+, }cgroup 'devices' (ask as root)"; fi ;;
      *': FAIL'*) wrong="$wrong${wrong:+; }$what" ;;
      *': WARN'*) odd="$odd${odd:+; }$what" ;;
    esac
  done << END
$(virt-host-validate qemu 2>&1)
END
  if [ -n "$wrong" ]; then
    fail virt-host-validate "fails: $wrong" 'see: virt-host-validate qemu'
  elif [ -n "$odd" ]; then
    warn virt-host-validate "warns: $odd" 'see: virt-host-validate qemu'
  elif [ -n "$expected" ]; then
    ok virt-host-validate "nothing but what is expected or told here: $expected"
  else
    ok virt-host-validate 'everything passes'
  fi
else
  skip virt-host-validate 'libvirt is not installed'
fi
