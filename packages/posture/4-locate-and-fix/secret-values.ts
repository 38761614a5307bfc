import { valueAt } from "@holdfast/core";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";

/** What stands in place of a secret. */
export const MASK = "•••";

/** Names of settings whose values are credentials: what the control on credentials in configuration (C-0012) takes for one is among them. */
const SECRET_NAME =
  /pass(?:word|wd|phrase)|(?<!com|by)pass$|(?:^|[_.-])(?:pass|psk|pat|dsn)(?:$|[_.-])|pwd|secret|token|jwt|bearer|credential|key|connection[_.-]?string/iu;
/** Names of what everybody may know. */
const PUBLIC_NAME = /pub(?:lic)?[_.-]?key/iu;
/** Values that are no credential whatever they are called: switches, paths of files, what is put in when the pod starts, what SOPS has encrypted. */
const HARMLESS_VALUE = /^\s*$|^(?:true|false|yes|no|on|off|[01])$|^(?:\.{0,2}|~)\/|^file:\/\/|^\$\(.*\)$|^\$\{.*\}$|^ENC\[/isu;
/** Values that are credentials, or hold one, whatever they are called: keys and tokens by their form, addresses with a password, and settings within a text. */
export const SECRET_VALUE: RegExp = new RegExp(
  [
    String.raw`PRIVATE KEY`,
    // The same in base64.
    String.raw`LS0tLS1CRUdJTi`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\bgh[pousr]_\w{20,}`,
    String.raw`\bgithub_pat_\w{20,}`,
    String.raw`\bglpat-[\w-]{16,}`,
    String.raw`\bxox[abprs]-[\w-]{10,}`,
    String.raw`\beyJ[\w-]{10,}`,
    String.raw`\bAIza[\w-]{30,}`,
    // user:password@host; some leave the user out
    String.raw`:\/\/[^\s/:@]*:[^\s@]+@`,
    // Whoever knows the address may write there.
    String.raw`hooks\.slack\.com\/services\/\w|discord(?:app)?\.com\/api\/webhooks\/\w|webhook\.office\.com\/\w`,
    // Headers of HTTP
    String.raw`authorization["']?\s*[=:]\s*\S|\b(?:bearer|basic)\s+[\w+/=.-]{8,}`,
    // curl -u user:password
    String.raw`\bcurl\b.*\s(?:-u|--user)[= ]?\S+:\S`,
    // --password x
    String.raw`--?[\w-]*(?:password|token|secret)[\w-]*[= ]\S`,
    // Password=x; and lines of a configuration file. What a template or the shell puts in is no secret.
    String.raw`(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|accountkey|sharedaccesskey)["']?\s*[=:]\s*["']?(?!\$[({]|\{\{)[^\s"']`,
  ].join("|"),
  "iu",
);
/** What in the value of a setting, though hardly in other texts, makes the control on credentials report it. */
const SECRET_SETTING = /jwt|bearer|_key_|_secret_/iu;

/** A flag whose value is the next argument. */
const SECRET_FLAG = /^--?[\w-]*(?:password|passwd|token|secret|api-?key)[\w-]*$/iu;

/** What was decided of short texts: manifests repeat most of theirs. */
const decided = new Map<string, boolean>();
const DECIDED_TEXTS = 5000;
const LONGEST_DECIDED = 100;

/** The shortest that {@link SECRET_VALUE} finds without a space, an equals sign or a colon: `eyJ` and ten more. */
const SHORTEST_TOKEN = 13;
const SPACE = 0x20;
const EQUALS = 0x3d;
const COLON = 0x3a;

/** Whether a text is a short word, of which most of a manifest consists: no such one is a credential by its form. */
export function isShortWord(text: string): boolean {
  if (text.length >= SHORTEST_TOKEN) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === EQUALS || code === COLON) return false;
  }
  return true;
}

/** Whether a text holds a credential whatever it is called. */
function isSecretText(text: string): boolean {
  if (isShortWord(text)) return false;
  if (text.length > LONGEST_DECIDED) return SECRET_VALUE.test(text);
  const known = decided.get(text);
  if (known !== undefined) return known;
  const secret = SECRET_VALUE.test(text);
  if (decided.size >= DECIDED_TEXTS) decided.clear();
  decided.set(text, secret);
  return secret;
}

/** Whether a setting of this name and value is to be kept out of every output. */
export function isSecretSetting(name: string, value: string): boolean {
  if (isSecretText(value)) return true;
  if (HARMLESS_VALUE.test(value)) return false;
  return (SECRET_NAME.test(name) && !PUBLIC_NAME.test(name)) || SECRET_SETTING.test(value);
}

/** Paths of an object's values that no output may show: the data of Secrets, settings that are credentials by name or by form, and copies of objects. */
export function secretPaths(object: KubernetesObject): ObjectPath[] {
  const found: ObjectPath[] = [];
  if (object["kind"] === "Secret") for (const field of ["data", "stringData"]) secretData(object[field], field, found);
  // Holds a copy of the whole object, with all the secrets in it.
  const applied: ObjectPath = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"];
  if (valueAt(object, applied) !== undefined) found.push(applied);
  const isConfigMap = object["kind"] === "ConfigMap";
  for (const key of Object.keys(object)) collect(object[key], [key], isConfigMap && key === "data", found);
  return found;
}

/** Each value of a Secret's data; the whole where it is not the mapping that it should be. */
function secretData(data: unknown, field: string, found: ObjectPath[]): void {
  if (data === undefined || data === null) return;
  if (typeof data !== "object" || Array.isArray(data)) found.push([field]);
  else for (const key of Object.keys(data)) found.push([field, key]);
}

/**
 * Strings with the name of a setting: a key of a ConfigMap, the `name` beside a `value`; other strings have none. `path` is where the value is; it is changed on the way
 * and put back, since most values are no secret and need no path.
 */
function collect(value: unknown, path: (string | number)[], keysAreSettings: boolean, found: ObjectPath[]): void {
  if (typeof value === "string") {
    if (isSecretText(value)) found.push([...path]);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      const flag: unknown = value[index - 1];
      path.push(index);
      if (typeof item === "string" && typeof flag === "string" && SECRET_FLAG.test(flag)) found.push([...path]);
      else collect(item, path, false, found);
      path.pop();
    }
    return;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields);
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? "";
    const field = fields[key];
    const name = keysAreSettings ? key : key === "value" && typeof fields["name"] === "string" ? fields["name"] : undefined;
    path.push(key);
    if (name !== undefined && isScalar(field) && isSecretSetting(name, String(field))) found.push([...path]);
    else collect(field, path, false, found);
    path.pop();
  }
}

/** A setting may have been written without the quotes that make it a text. */
function isScalar(value: unknown): value is string | number | bigint {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
}
