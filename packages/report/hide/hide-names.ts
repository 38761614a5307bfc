import { formatObjectPath, parseObjectPath, type Result } from "@holdfast/core";
import { treatmentOf } from "./treatments.ts";

/** Makes the pseudonym's body of a text: the same for the same text and key, and not to be reversed without the key. */
export type Disguise = (text: string) => string;

/** What stands where a text was left out. */
const LEFT_OUT = "(hidden)";

/** Names that sentences are searched for; where there are more, sentences are left out. */
const MOST_NAMES = 20_000;

/** Fields whose keys people choose. */
const FREE_KEYS: ReadonlySet<string | number> = new Set([
  "annotations",
  "binaryData",
  "data",
  "labels",
  "matchLabels",
  "nodeSelector",
  "options",
  "parameters",
  "selector",
  "stringData",
  "volumeAttributes",
]);

/** Words that the Kubernetes API itself has as values. Others may be names. */
const API_WORDS: ReadonlySet<string> = new Set(
  "ALL Always Bidirectional ClusterIP Default DirectoryOrCreate DoesNotExist Exists ExternalName Fail FileOrCreate Group HTTP HTTPS HostToContainer IfNotPresent Ignore In LoadBalancer Localhost Never NodePort None NotIn OnFailure Recreate RollingUpdate RuntimeDefault SCTP SYS_ADMIN NET_ADMIN NET_RAW TCP UDP Unconfined".split(
    " ",
  ),
);
/** Numbers and quantities that stand as texts. */
const QUANTITY = /^\d+(?:\.\d+)?(?:m|k|[KMGTPE]i?)?$/u;
/** Groups of the API that every cluster has, beside those that end with `.k8s.io`. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(["", "apps", "autoscaling", "batch", "extensions", "policy"]);

/** Gates whose messages may name folders, charts and objects of an earlier scan. */
const NAMING_WHAT_IS_GONE: ReadonlySet<string> = new Set(["ratchet", "fail-on-new"]);

class Hiding {
  readonly #disguise: Disguise;
  readonly #messages: ReadonlyMap<string, string>;
  readonly #pseudonyms = new Map<string, string>();
  /** Known names and what stands for them, for sentences. */
  readonly #names = new Map<string, string>();
  #sentence: RegExp | undefined;

  constructor(disguise: Disguise, messages: ReadonlyMap<string, string>) {
    this.#disguise = disguise;
    this.#messages = messages;
  }

  /** A pseudonym of a name. The empty text stands for no name, and stays. */
  #name(what: string, text: string): string {
    if (text === "") return text;
    const key = `${what} ${text}`;
    const found = this.#pseudonyms.get(key);
    if (found !== undefined) return found;
    const made = `${what}-${this.#disguise(key)}`;
    this.#pseudonyms.set(key, made);
    this.#names.set(text, made);
    return made;
  }

  /** A file keeps its ending, by which programs know what it is; what stands for no file stays. */
  #file(text: string): string {
    if (text === "" || text === "-" || text === ".") return text;
    const ending = /\.(?:ya?ml|json|tf|tgz|tar|zip|tpl|txt)$/u.exec(text)?.[0] ?? "";
    return `${this.#name("file", text)}${ending}`;
  }

  #path(text: string): string {
    const steps = parseObjectPath(text);
    if (steps === null) return LEFT_OUT;
    return formatObjectPath(
      steps.map((step, at) => {
        const before = steps[at - 1];
        if (typeof step === "number") return step;
        // A key that no field of the API can have is one that somebody chose.
        return (before !== undefined && FREE_KEYS.has(before)) || !/^[A-Za-z][A-Za-z0-9]*$/u.test(step) ? this.#name("key", step) : step;
      }),
    );
  }

  /** A value keeps its shape; its texts are kept where the API gives them their names. */
  #value(value: unknown): unknown {
    if (typeof value === "string") return API_WORDS.has(value) || QUANTITY.test(value) ? value : LEFT_OUT;
    if (Array.isArray(value)) return value.map((item) => this.#value(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [/^[a-z][A-Za-z]*$/u.test(key) ? key : this.#name("key", key), this.#value(item)]),
    );
  }

  /** Evidence is JSON as text. Lists and objects may have keys that somebody chose. */
  #evidence(text: string): string {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === "object" && value !== null ? LEFT_OUT : JSON.stringify(this.#value(value));
    } catch {
      return LEFT_OUT;
    }
  }

  /** A kind that a user's own API brings is a name too. */
  #resource(resource: Result["resources"][number]): Result["resources"][number] {
    const hidden = this.hide("resources[]", resource) as Result["resources"][number];
    const [group = "", version] = resource.apiVersion.includes("/") ? resource.apiVersion.split("/") : ["", resource.apiVersion];
    if (BUILT_IN_GROUPS.has(group) || group.endsWith(".k8s.io")) return hidden;
    return { ...hidden, apiVersion: `${this.#name("group", group)}/${version ?? ""}`, kind: this.#name("kind", resource.kind) };
  }

  #sentenceWithout(text: string): string {
    if (this.#names.size > MOST_NAMES) return LEFT_OUT;
    if (this.#sentence === undefined) {
      const names = [...this.#names.keys()]
        .toSorted((a, b) => b.length - a.length)
        .map((name) => name.replaceAll(/[$()*+.?[\\\]^{|}]/gu, "\\$&"));
      this.#sentence = names.length === 0 ? /(?!)/u : new RegExp(`(?<![\\w-])(?:${names.join("|")})(?![\\w-])`, "gu");
    }
    return text.replaceAll(this.#sentence, (name) => this.#names.get(name) ?? LEFT_OUT);
  }

  #text(place: string, text: string): string {
    const treatment = treatmentOf(place);
    switch (treatment) {
      case "keep":
        return text;
      case "name":
      case "namespace":
        return this.#name(treatment, text);
      case "fingerprint":
        return this.#name("finding", text);
      case "file":
        return this.#file(text);
      case "path":
        return this.#path(text);
      case "value":
        return this.#evidence(text);
      case "sentence":
        return this.#sentenceWithout(text);
      case "leave-out":
        return LEFT_OUT;
    }
  }

  /** A part of the result with its names hidden. Lists and objects keep their shape. */
  hide(place: string, value: unknown): unknown {
    if (place === "findings[].fixes[].value") return this.#value(value);
    if (place === "resources") return (value as Result["resources"]).map((one) => this.#resource(one));
    if (typeof value === "string") return this.#text(place, value);
    if (Array.isArray(value)) {
      const items = value.some((item) => typeof item !== "number") ? `${place}[]` : null;
      return items === null ? value : value.map((item: unknown) => this.hide(items, item));
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, item]) => [key, this.hide(place === "" ? key : `${place}.${key}`, item)]);
    return Object.fromEntries(entries) as unknown;
  }

  /** A finding without the code and the edit, which hold what no table of names can know; its message is the control's name. */
  finding(finding: Result["findings"][number]): Result["findings"][number] {
    const { edit, source, ...rest } = finding;
    const hidden = this.hide("findings[]", rest) as Result["findings"][number];
    const place =
      source === undefined
        ? {}
        : { source: { ...(this.hide("findings[].source", source) as typeof source), excerpt: { line: source.line, text: "" } } };
    const without = edit === undefined ? {} : { noEdit: "names are hidden" };
    return { ...hidden, ...place, ...without, message: this.#messages.get(finding.control) ?? LEFT_OUT };
  }
}

/**
 * The result with pseudonyms for the names of objects, namespaces, files, exceptions and free keys, and without texts that may hold names: code, messages, causes. Equal names have
 * equal pseudonyms, so that counts, groups and verdicts stay as they are. What a later version of the result adds is left out until `TREATMENTS` says otherwise. A result whose names are hidden
 * stays as it is.
 */
export function hideNames(result: Result, disguise: Disguise): Result {
  if (result.namesHidden === true) return result;
  const hiding = new Hiding(disguise, new Map(result.controls.map(({ id, name }) => [id, name])));
  const { schema, tool, time, findings, gates, ...rest } = result;
  const parts = hiding.hide("", rest) as Omit<Result, "schema" | "tool" | "time" | "findings" | "gates">;
  const hidden = findings.map((finding) => hiding.finding(finding));
  // The sentences of gates come last: by then all names are known, but for those of what is not there any more.
  // With a baseline the gate on severity may look at new findings only, and names what was not looked at.
  const names = ({ gate }: Result["gates"][number]): boolean =>
    NAMING_WHAT_IS_GONE.has(gate) || (gate === "severity-threshold" && result.comparison !== undefined);
  const told = gates.map((gate) => (names(gate) ? { ...gate, message: `${gate.gate} ${gate.outcome}` } : gate));
  const head = { schema, tool, ...(time === undefined ? {} : { time }), namesHidden: true } as const;
  return { ...head, ...parts, findings: hidden, gates: hiding.hide("gates", told) as Result["gates"] };
}
