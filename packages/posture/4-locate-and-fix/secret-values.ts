import { valueAt } from "@holdfast/core";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";

/** What stands in place of a secret. */
export const MASK = "•••";

/** Names of settings whose values are credentials. */
const SECRET_NAME =
  /pass(?:word|wd|phrase)|(?:^|[_.-])(?:pass|pwd|psk|pat|dsn)(?:$|[_.-])|secret|token|credential|api[_.-]?key|(?:access|private|signing|encryption|auth)[_.-]?key|connection[_.-]?string/iu;
/** Names that only say where a credential is. */
const REFERENCE_NAME = /(?:name|ref|path|file|url|ttl|expiry|expiration|seconds|enabled|id)s?$/iu;
/** Values that are credentials, or hold one, whatever they are called: keys and tokens by their form, addresses with a password, and settings within a text. */
const SECRET_VALUE = new RegExp(
  [
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\bgh[pousr]_\w{20,}`,
    String.raw`\bgithub_pat_\w{20,}`,
    String.raw`\bglpat-[\w-]{16,}`,
    String.raw`\bxox[abprs]-[\w-]{10,}`,
    String.raw`\beyJ[\w-]{10,}\.[\w-]{10,}\.`,
    String.raw`\bAIza[\w-]{30,}`,
    // user:password@host
    String.raw`:\/\/[^\s/:@]+:[^\s/@]+@`,
    // Whoever knows the address may write there.
    String.raw`hooks\.slack\.com\/services\/\w|discord(?:app)?\.com\/api\/webhooks\/\w|webhook\.office\.com\/\w`,
    // --password x
    String.raw`--?[\w-]*(?:password|token|secret)[\w-]*[= ]\S`,
    // Password=x; and lines of a configuration file. What a template or the shell puts in is no secret.
    String.raw`(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|accountkey|sharedaccesskey)["']?\s*[=:]\s*["']?[^\s"'$\{]`,
  ].join("|"),
  "iu",
);

/** A flag whose value is the next argument. */
const SECRET_FLAG = /^--?[\w-]*(?:password|passwd|token|secret|api-?key)[\w-]*$/iu;

/** Whether a setting of this name and value is to be kept out of every output. */
export function isSecretSetting(name: string, value: string): boolean {
  return value !== "" && ((SECRET_NAME.test(name) && !REFERENCE_NAME.test(name)) || SECRET_VALUE.test(value));
}

/** Paths of an object's values that no output may show: the data of Secrets, settings that are credentials by name or by form. */
export function secretPaths(object: KubernetesObject): ObjectPath[] {
  const found: ObjectPath[] = [];
  if (object["kind"] === "Secret") {
    for (const field of ["data", "stringData"]) {
      const data = object[field];
      if (typeof data === "object" && data !== null) for (const key of Object.keys(data)) found.push([field, key]);
    }
    // Holds a copy of the whole Secret.
    const applied: ObjectPath = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"];
    if (valueAt(object, applied) !== undefined) found.push(applied);
  }
  const isConfigMap = object["kind"] === "ConfigMap";
  for (const key of Object.keys(object)) collect(object[key], [key], isConfigMap && key === "data", found);
  return found;
}

// Nothing shorter can match SECRET_VALUE; most strings of a manifest are.
const SHORTEST_SECRET = 7;

/**
 * Strings with the name of a setting: a key of a ConfigMap, the `name` beside a `value`; other strings have none. `path` is where the value is; it is changed on the way
 * and put back, since most values are no secret and need no path.
 */
function collect(value: unknown, path: (string | number)[], keysAreSettings: boolean, found: ObjectPath[]): void {
  if (typeof value === "string") {
    if (value.length >= SHORTEST_SECRET && SECRET_VALUE.test(value)) found.push([...path]);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const flag: unknown = value[index - 1];
      path.push(index);
      if (typeof item === "string" && typeof flag === "string" && SECRET_FLAG.test(flag)) found.push([...path]);
      else collect(item, path, false, found);
      path.pop();
    }
    return;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    const name = keysAreSettings ? key : key === "value" && typeof fields["name"] === "string" ? fields["name"] : undefined;
    path.push(key);
    if (name !== undefined && typeof field === "string" && isSecretSetting(name, field)) found.push([...path]);
    else collect(field, path, false, found);
    path.pop();
  }
}
