import type { Network } from "@holdfast/rego";
import { isSignedBy, readPublicKey, type CosignSignature } from "./cosign-signature.ts";
import { findSignatures } from "./find-signatures.ts";
import { readImageReference } from "./image-reference.ts";
import type { ImageSignatures, SignatureFailure } from "./image-signatures.ts";
import { RegistryClient, RegistryFailure } from "./registry-client.ts";
import type { RegistryCredentials } from "./registry-credentials.ts";

/** Signatures as the registries of the images have them, each image asked for once. */
class RegistrySignatures implements ImageSignatures {
  readonly #client: RegistryClient;
  /** The signatures of an image, or why they are not known. */
  readonly #known = new Map<string, readonly CosignSignature[] | string>();
  readonly #failures = new Map<string, SignatureFailure>();

  constructor(client: RegistryClient) {
    this.#client = client;
  }

  hasSignature(image: string): boolean | undefined {
    const signatures = this.#signaturesOf(image);
    return signatures === undefined ? undefined : signatures.length > 0;
  }

  verify(image: string, publicKey: string): boolean | undefined {
    const key = readPublicKey(publicKey);
    if (typeof key === "string") return this.#fail(image, `a public key of trustedCosignPublicKeys can't be used: ${key}`);
    return this.#signaturesOf(image)?.some((signature) => isSignedBy(key, signature));
  }

  takeFailures(): readonly SignatureFailure[] {
    const failures = [...this.#failures.values()];
    this.#failures.clear();
    return failures;
  }

  #fail(image: string, cause: string): undefined {
    this.#failures.set(JSON.stringify([image, cause]), { image, cause });
    return undefined;
  }

  #signaturesOf(image: string): readonly CosignSignature[] | undefined {
    const known = this.#known.get(image) ?? this.#ask(image);
    this.#known.set(image, known);
    return typeof known === "string" ? this.#fail(image, known) : known;
  }

  #ask(image: string): readonly CosignSignature[] | string {
    const reference = readImageReference(image);
    if (reference === null) return "its name is none that a registry could have";
    try {
      return findSignatures(this.#client, reference);
    } catch (error) {
      if (error instanceof RegistryFailure) return error.message;
      throw error;
    }
  }
}

/** The signatures of images, asked of their registries over this network with these logins. Nothing is asked before a rule asks. */
export function registrySignatures(network: Network, credentials: RegistryCredentials): ImageSignatures {
  return new RegistrySignatures(new RegistryClient(network, credentials));
}
