// Digests of a bundle's files: https://www.openpolicyagent.org/docs/management-bundles#signature-format
import { createHash } from "node:crypto";
import { unmarshalYaml } from "../builtins/yaml.ts";
import { compareStrings } from "../runtime/compare.ts";
import { stringify } from "../runtime/json.ts";
import { BundleFault } from "./bundle-files.ts";

/** The algorithms of the format that are safe, by Node's names. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ["SHA-224", "sha224"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
  ["SHA-512-224", "sha512-224"],
  ["SHA-512-256", "sha512-256"],
]);

/** A number as it was written. */
class Literal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** JSON with its members in order and nothing between them; numbers stay as they were written. */
function canonical(value: unknown): string {
  if (value instanceof Literal) return value.text;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).toSorted(([a], [b]) => compareStrings(a, b));
    return `{${members.map(([key, member]) => `${canonical(key)}:${canonical(member)}`).join(",")}}`;
  }
  if (typeof value !== "string") return JSON.stringify(value);
  // As Go writes them.
  return JSON.stringify(value.toWellFormed())
    .replaceAll("\u2028", String.raw`\u2028`)
    .replaceAll("\u2029", String.raw`\u2029`);
}

function canonicalJson(text: string): string {
  const keepNumbers: Reviver = (_, value, { source }) => (typeof value === "number" ? new Literal(source ?? String(value)) : value);
  return canonical(JSON.parse(text, keepNumbers as (key: string, value: unknown) => unknown));
}

function contentOf(file: string, bytes: Uint8Array): Uint8Array | string {
  const kind = /(?:^|\/)(?:data\.(?<document>json|ya?ml)|\.manifest)$/u.exec(file);
  if (kind === null) return bytes;
  const isYaml = kind.groups?.["document"]?.startsWith("y") === true;
  const text = new TextDecoder().decode(bytes);
  try {
    if (!isYaml) return canonicalJson(text);
    const value = unmarshalYaml(text);
    return value === undefined ? bytes : canonicalJson(stringify(value));
  } catch {
    throw new BundleFault("it is no JSON, so that its signature can't be verified", "Make the bundle anew.", file);
  }
}

/**
 * The digest of a file in hexadecimal digits. Documents and manifests are read, so that white space and the order of members make no difference. Throws a BundleFault for an algorithm
 * that is not known, or not safe.
 */
export function fileDigest(file: string, bytes: Uint8Array, algorithm: string): string {
  const hash = HASHES.get(algorithm);
  if (hash === undefined)
    throw new BundleFault(
      `its digest is by ${algorithm}, which is not accepted`,
      `Sign the bundle with ${[...HASHES.keys()].join(", ")}.`,
      file,
    );
  return createHash(hash).update(contentOf(file, bytes)).digest("hex");
}
