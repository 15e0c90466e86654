/** Password hashes, and the values of kickstart options and of YAML keys that hold a password or passphrase. */
const SECRETS = [
  /\$(?:y|gy|7|2[abxy]|1|5|6)\$[./A-Za-z0-9$=,]+/g,
  /(?<=--(?:password|passphrase|hibernation-passphrase|hw-passphrase)[= ])("[^"]*"|'[^']*'|\S+)/g,
  /(?<=^[\s-]*(?:password|passwordHash|passphrase):\s+)\S.*/g,
  /(?<=^\s*rootpw\b(?:\s+--\S+)*\s+)(?!--)("[^"]*"|'[^']*'|\S+)/g,
];

/** The text with secrets blotted out. It keeps its length, so that places in it stay right. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((shown, secret) => shown.replace(secret, (found) => '•'.repeat(found.length)), text);
}
