/** Milliseconds that the processors have worked for this process: other programs on the machine do not change it. */
export function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
