import { valueAt } from "@holdfast/core";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";

/** What stands in place of a secret. */
export const MASK = "•••";

/** Names of settings whose values are credentials. */
const SECRET_NAME =
  /pass(?:word|wd|phrase)|(?:^|[_.-])(?:pass|pwd|psk|pat|dsn)(?:$|[_.-])|secret|token|credential|api[_.-]?key|(?:access|private|signing|encryption|auth)[_.-]?key|connection[_.-]?string/iu;
/** Names that only say where a credential is. */
const REFERENCE_NAME = /(?:name|ref|path|file|url|ttl|expiry|expiration|seconds|enabled|id)s?$/iu;
/** Values that are credentials whatever they are called. */
const SECRET_VALUE =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bxox[abprs]-[\w-]{10,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.|\bAIza[\w-]{30,}|:\/\/[^\s/:@]+:[^\s/@]+@|--?[\w-]*(?:password|token|secret)[\w-]*[= ]\S/iu;

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
      path.push(index);
      collect(item, path, false, found);
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
