import {
  BUNDLE,
  SIGNATURE_ANNOTATION,
  SIMPLE_SIGNING,
  bundleSignatures,
  simpleSignature,
  type CosignSignature,
} from "./cosign-signature.ts";
import type { ImageReference } from "./image-reference.ts";
import { RegistryFailure, type RegistryClient } from "./registry-client.ts";

/** More signatures than this, or what looks like some, aren't read: an image has a handful. */
const MOST_LAYERS = 50;
const MOST_PAGES = 5;
/** What cosign calls the manifest of a simple signature that refers to an image. */
const SIMPLE_ARTIFACT = "application/vnd.dev.cosign.artifact.sig.v1+json";

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, unknown>>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The descriptors in a list of a manifest or an index. Throws a `RegistryFailure` for what is no manifest. */
function descriptors(text: string, list: "layers" | "manifests", registry: string): readonly Descriptor[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    document = null;
  }
  if (!isRecord(document)) throw new RegistryFailure(`${registry} answers with what is no manifest`);
  const items: unknown = document[list] ?? [];
  if (!Array.isArray(items)) throw new RegistryFailure(`${registry} answers with what is no manifest`);
  return items.filter(isRecord).map(({ mediaType, digest, artifactType, annotations }) => ({
    mediaType: textOf(mediaType),
    digest: textOf(digest),
    artifactType: textOf(artifactType),
    annotations: isRecord(annotations) ? annotations : {},
  }));
}

/** Reads all signatures of one image. */
class SignatureReader {
  readonly #client: RegistryClient;
  readonly #image: ImageReference;
  readonly #digest: string;
  #layers = 0;

  constructor(client: RegistryClient, image: ImageReference, digest: string) {
    this.#client = client;
    this.#image = image;
    this.#digest = digest;
  }

  /** Those under the tag that is made of the image's digest, and those whose manifests refer to the image. */
  read(): readonly CosignSignature[] {
    const tag = this.#digest.replace(":", "-");
    const tagged = this.#client.manifest(this.#image, `${tag}.sig`);
    return [...(tagged === null ? [] : this.#inManifest(tagged.text)), ...this.#referring(tag)];
  }

  #referring(tag: string): readonly CosignSignature[] {
    const found: CosignSignature[] = [];
    // A registry that doesn't know the question has the index under a tag (distribution specification 1.1).
    let index = this.#client.referrers(this.#image, this.#digest, null) ?? this.#client.manifest(this.#image, tag);
    for (let page = 1; index !== null; page++) {
      for (const { digest, artifactType } of descriptors(index.text, "manifests", this.#image.registry)) {
        if (artifactType !== SIMPLE_ARTIFACT && !BUNDLE.test(artifactType)) continue;
        const manifest = this.#client.manifest(this.#image, this.#checked(digest));
        if (manifest === null) throw new RegistryFailure(`${this.#image.registry} has lost a signature, ${digest}`);
        found.push(...this.#inManifest(manifest.text));
      }
      if (index.next !== null && page === MOST_PAGES)
        throw new RegistryFailure(`more than ${MOST_PAGES} pages of manifests refer to the image`);
      index = index.next === null ? null : this.#client.referrers(this.#image, this.#digest, index.next);
    }
    return found;
  }

  #inManifest(text: string): readonly CosignSignature[] {
    return descriptors(text, "layers", this.#image.registry).flatMap(({ mediaType, digest, annotations }) => {
      const signature = annotations[SIGNATURE_ANNOTATION];
      if (mediaType === SIMPLE_SIGNING && typeof signature === "string") {
        const made = simpleSignature(this.#blob(digest), signature, this.#digest);
        return made === null ? [] : [made];
      }
      if (!BUNDLE.test(mediaType)) return [];
      const made = bundleSignatures(this.#blob(digest), this.#digest);
      if (made === null) throw new RegistryFailure(`a signature of the image is in a form that is not known (${mediaType})`);
      return made;
    });
  }

  #blob(digest: string): string {
    if (++this.#layers > MOST_LAYERS) throw new RegistryFailure(`the image has more than ${MOST_LAYERS} signatures`);
    const blob = this.#client.blob(this.#image, this.#checked(digest));
    if (blob === null) throw new RegistryFailure(`${this.#image.registry} has lost a signature, ${digest}`);
    return blob.text;
  }

  /** A digest becomes a part of an address. */
  #checked(digest: string): string {
    if (/^sha256:[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$/u.test(digest)) return digest;
    throw new RegistryFailure(`${this.#image.registry} names a signature by what is no digest`);
  }
}

/**
 * All signatures that cosign made of an image, under its tag `sha256-….sig` or referring to it, whose payload names the image. Throws a `RegistryFailure` where
 * the registry does not answer, lacks the image, or answers with what can't be read.
 */
export function findSignatures(client: RegistryClient, image: ImageReference): readonly CosignSignature[] {
  const manifest = client.manifest(image, image.digest ?? image.tag);
  if (manifest === null) throw new RegistryFailure(`${image.registry} has no such image`);
  return new SignatureReader(client, image, manifest.digest).read();
}
