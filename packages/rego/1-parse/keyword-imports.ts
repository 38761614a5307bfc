import type { Import } from "./ast.ts";
import { nearestWord } from "./nearest-word.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import { keywords, token, type TokenKind } from "./token-kind.ts";

/** What `future.keywords.…` can name, and what each brings into force. `every` brings the `in` that it is written with. */
const futureKeywords: ReadonlyMap<string, readonly TokenKind[]> = new Map<string, readonly TokenKind[]>([
  ["in", [token.in]],
  ["every", [token.every, token.in]],
  ["contains", [token.contains]],
  ["if", [token.if]],
  ["and", [token.and]],
  ["or", [token.or]],
  ["not", [token.not]],
]);

const versionOne: readonly TokenKind[] = [token.if, token.in, token.contains, token.every];
const versionOneWords: ReadonlySet<string> = new Set(["if", "in", "contains", "every"]);
const all: readonly TokenKind[] = [...futureKeywords.values()].flat();

/** The soft keywords that a version has without imports. */
export function initialKeywords(version: "v0" | "v1"): Set<TokenKind> {
  return new Set(version === "v1" ? versionOne : []);
}

/** What an import does to the parser: keywords it brings into force, whether the rules of v1 hold from here, or why it is wrong. */
export interface ImportEffect {
  readonly keywords: readonly TokenKind[];
  readonly strict: boolean;
  readonly problem: SyntaxFailure | null;
}

/** Looks at an import's path: `data…` and `input…` have no effect here, `future.keywords…` and `rego.v1` do. */
export function applyImport(entry: Import, version: "v0" | "v1"): ImportEffect {
  const path = pathOf(entry);
  if (path === null) return wrong(entry, "the path of an import consists of names and strings");
  const [root, second, third] = path;
  if (root === "data" || root === "input") {
    const last = path.at(-1) ?? "";
    if (entry.alias === null && path.length > 1 && (keywords.has(last) || (version === "v1" && versionOneWords.has(last))))
      return wrong(entry, `an import can't be called \`${last}\`, which is a keyword`, `name it with \`as\`: \`import … as ${last}_\``);
    return { keywords: [], strict: false, problem: null };
  }
  if (root === "future") return futureImport(entry, path);
  if (root === "rego") {
    if (path.length !== 2 || (second !== "v1" && second !== "v2"))
      return wrong(entry, "there is no such version of the language", "write `import rego.v1`");
    if (entry.alias !== null) return wrong(entry, "`rego.v1` can't have another name");
    return { keywords: second === "v1" ? versionOne : all, strict: true, problem: null };
  }
  const near = nearestWord(root ?? "", ["data", "input", "future", "rego"]);
  const written = [root, second, third].filter((step) => step !== undefined).join(".");
  return wrong(
    entry,
    "the path of an import begins with `data` or `input`",
    near === undefined ? `did you mean \`data.${written}\`?` : `did you mean \`${near}\`?`,
  );
}

function futureImport(entry: Import, path: readonly string[]): ImportEffect {
  const [, second, third] = path;
  if (second !== "keywords" || path.length > 3) return wrong(entry, "only `future.keywords` can be imported from `future`");
  if (entry.alias !== null) return wrong(entry, "a keyword can't have another name");
  if (third === undefined) return { keywords: all, strict: false, problem: null };
  const keywords = futureKeywords.get(third);
  if (keywords !== undefined) return { keywords, strict: false, problem: null };
  const near = nearestWord(third, futureKeywords.keys());
  return wrong(
    entry,
    `there is no keyword \`${third}\` to import`,
    near === undefined ? `the keywords are ${[...futureKeywords.keys()].join(", ")}` : `did you mean \`${near}\`?`,
  );
}

/** The names of an import's path, or `null` if it has other parts. */
function pathOf(entry: Import): readonly string[] | null {
  const { head, steps } = entry.path;
  if (head.kind !== "variable" || head.wildcard) return null;
  const names = [head.name];
  for (const step of steps) {
    if (step.kind !== "scalar" || typeof step.value !== "string") return null;
    names.push(step.value);
  }
  return names;
}

function wrong(entry: Import, message: string, hint?: string): ImportEffect {
  return { keywords: [], strict: false, problem: new SyntaxFailure("invalid-import", message, entry.path.span, { hint }) };
}
