// Flux's substitution of variables (https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution): the braces of bash, with defaults,
// substrings, cases and replacements. `$name` without braces stays as it is, and `$${name}` stands for `${name}`.

/** What a variable is: a text, or something that nobody can know here. */
export type VariableValue = string | { readonly unknown: true };

/** A text with its variables replaced. */
export interface Substituted {
  readonly text: string;
  /** Variables without a known value; they stand in the text as they were written. */
  readonly unknown: readonly string[];
}

/** A use of a variable. */
export interface VariableUse {
  readonly name: string;
  /** What stands behind the name: `:=default`, say. */
  readonly rest: string;
}

const USE = /\$\$\{[^{}]*\}|\$\{(?<name>[A-Za-z_]\w*)(?<rest>[^{}]*)\}/gu;

/** The variables that a text uses, in order. */
export function variablesOf(text: string): readonly VariableUse[] {
  return [...text.matchAll(USE)].flatMap(({ groups }) =>
    groups?.["name"] === undefined ? [] : [{ name: groups["name"], rest: groups["rest"] ?? "" }],
  );
}

/** Replaces the variables of a text. `valueOf` says undefined for a variable that is not set: it is empty, or its default. */
export function substitute(text: string, valueOf: (name: string) => VariableValue | undefined): Substituted {
  const unknown = new Set<string>();
  const replaced = text.replaceAll(USE, (whole: string, ...found: unknown[]) => {
    if (whole.startsWith("$$")) return whole.slice(1);
    const { name = "", rest = "" } = found.at(-1) as { readonly name?: string; readonly rest?: string };
    const value = valueOf(name);
    if (typeof value === "object") {
      unknown.add(name);
      return whole;
    }
    const expanded = expand(value, rest);
    if (expanded !== undefined) return expanded;
    unknown.add(name);
    return whole;
  });
  return { text: replaced, unknown: [...unknown] };
}

/** Whether a variable's own value decides what comes of a use, and not its default. */
export function usesDefault(value: VariableValue | undefined, rest: string): boolean {
  return /^:?[-=]/u.test(rest) && (value === undefined || (value === "" && rest.startsWith(":")));
}

/** What a use of a variable stands for; undefined for forms that are not known. */
function expand(value: string | undefined, rest: string): string | undefined {
  if (rest === "") return value ?? "";
  const fallback = /^(?<colon>:?)[-=](?<text>.*)$/su.exec(rest)?.groups;
  if (fallback !== undefined) return value === undefined || (value === "" && fallback["colon"] === ":") ? (fallback["text"] ?? "") : value;
  const own = value ?? "";
  if (rest === ",,") return own.toLowerCase();
  if (rest === "^^") return own.toUpperCase();
  if (rest === ",") return own.slice(0, 1).toLowerCase() + own.slice(1);
  if (rest === "^") return own.slice(0, 1).toUpperCase() + own.slice(1);
  const part = /^:(?<from>\d+)(?::(?<length>\d+))?$/u.exec(rest)?.groups;
  if (part !== undefined) {
    const from = Number(part["from"]);
    return own.slice(from, part["length"] === undefined ? undefined : from + Number(part["length"]));
  }
  const change = /^(?<all>\/{1,2})(?<old>[^/*?[\]]+)\/(?<new>[^/]*)$/u.exec(rest)?.groups;
  if (change !== undefined) {
    const { all, old = "", new: by = "" } = change;
    return all === "//" ? own.replaceAll(old, () => by) : own.replace(old, () => by);
  }
  return undefined;
}
