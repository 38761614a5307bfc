/** Why nothing is known of an image's signatures: an unreachable registry, a refused login, an answer that can't be read. */
export interface SignatureFailure {
  readonly image: string;
  readonly cause: string;
}

/**
 * What is known of the signatures of images. Answers are true, false, or undefined where nobody could say: then the failure is kept until `takeFailures`. What is not
 * known is never taken for unsigned.
 */
export interface ImageSignatures {
  /** Whether the image has a signature of cosign, by whomever. */
  hasSignature(image: string): boolean | undefined;
  /** Whether a signature of the image was made with the private key that belongs to this public one (PEM). */
  verify(image: string, publicKey: string): boolean | undefined;
  /** The failures behind all answers since the last call, each once. */
  takeFailures(): readonly SignatureFailure[];
}
