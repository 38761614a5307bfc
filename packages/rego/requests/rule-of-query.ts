import { parseModule } from "../1-parse/parse-module.ts";
import { parseQuery } from "../1-parse/parse-query.ts";
import { packagePath } from "../2-resolve/rule-tree.ts";
import type { ModuleSource } from "../6-link/program.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import type { QueryRequest } from "./answer-query.ts";

/** Where a rule begins, or the query itself. */
export interface QueryPlace {
  readonly file: string;
  readonly line: number;
}

/** The rule that a query asks for, such as `data.shop.deny` or `x := data.shop.deny[_]`: what to name where its evaluation does not end. The query itself where it names none. */
export function ruleOfQuery({ query, queryVersion = "v1", modules }: QueryRequest): QueryPlace {
  const path = firstDocument(parseQuery(query, { file: "query", version: queryVersion }).body);
  return (path === null ? null : placeOf(path, modules)) ?? { file: "query", line: 1 };
}

/** The names behind `data` of the first reference to it. */
function firstDocument(part: unknown): readonly string[] | null {
  if (typeof part !== "object" || part === null) return null;
  const node = part as {
    readonly kind?: unknown;
    readonly head?: { readonly kind?: unknown; readonly name?: unknown };
    readonly steps?: readonly { readonly value?: unknown }[];
  };
  if (node.kind === "reference" && node.head?.kind === "variable" && node.head.name === "data") {
    const names = (node.steps ?? []).map(({ value }) => value);
    const variable = names.findIndex((name) => typeof name !== "string");
    return names.slice(0, variable === -1 ? names.length : variable) as readonly string[];
  }
  for (const each of Object.values(part)) {
    const found = firstDocument(each);
    if (found !== null) return found;
  }
  return null;
}

function placeOf(path: readonly string[], modules: readonly ModuleSource[]): QueryPlace | null {
  for (const { file, source, version } of modules) {
    const { module } = parseModule(source, { file, version: version === "v0" ? "v0" : "v1" });
    if (module === null) continue;
    const around = packagePath(module);
    if (path.length !== around.length + 1 || !around.every((name, i) => name === path[i])) continue;
    const name = path.at(-1);
    const rule = module.rules.find(({ head }) => head.reference.head.kind === "variable" && head.reference.head.name === name);
    if (rule !== undefined) return { file, line: positionAt(source, rule.span.start).line };
  }
  return null;
}
