/**
 * Shell lines that tell of a guest that was started and says nothing: whether it runs, what its QEMU said of it, where its
 * processor stands, and twice, as that tells a guest that goes round from one that waits. `virsh` with its connection.
 */
export const aboutMuteGuest = (virsh: string, name: string, log: string): string =>
  `set +e; ${virsh} domstate --reason ${name}; tail -n 5 ${log}
for what in status registers registers pic lapic; do ${virsh} qemu-monitor-command ${name} --hmp "info $what"; sleep 0.5; done`;
