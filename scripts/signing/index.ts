/** Keys and signatures in minisign's format. */

export { passwordPrompt } from './ask-password.ts';
export { openEnvelope, sealEnvelope } from './envelope.ts';
export { type PublicKey, parsePublicKey, readPublicKey } from './public-key.ts';
export type { SigningKey } from './secret-key.ts';
export { SIGNATURE_ENDING, type SignatureJudgement, signText, verifySignature } from './signature.ts';
export { type Passwords, unlockKey } from './unlock-key.ts';
