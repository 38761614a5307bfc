import path from "node:path";
import { parseAst } from "rolldown/parseAst";

/** What the architecture asks about a source file. */
export interface SourceFile {
  /** Relative to the workspace's root, with slashes. */
  readonly file: string;
  /** All that it imports or exports from elsewhere, types and `import()` included: files of the workspace relative to its root, else the specifier as written. */
  readonly imports: readonly string[];
  /** The places where it reaches for the machine: the environment, the terminal, the clock, chance. As `line 3: process`. */
  readonly machineUses: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const MACHINE_GLOBALS: ReadonlySet<string> = new Set([
  "process",
  "console",
  "performance",
  "fetch",
  "WebSocket",
  "EventSource",
  "XMLHttpRequest",
  "navigator",
  "localStorage",
  "setTimeout",
  "setInterval",
]);

/** Members of globals that are otherwise harmless: `Date.parse` takes its time from its argument, `Date.now` from the machine. */
const MACHINE_MEMBERS: ReadonlySet<string> = new Set([
  "Date.now",
  "Math.random",
  "Temporal.Now",
  "crypto.randomUUID",
  "crypto.getRandomValues",
  ...[...MACHINE_GLOBALS].map((name) => `globalThis.${name}`),
]);

/** Reads a TypeScript file's text; `file` is relative to the workspace's root. Throws on a syntax error. */
export function readSourceFile(file: string, text: string): SourceFile {
  const program = parseAst(text, { lang: "ts" }, file) as unknown as Node;
  const imports = new Set<string>();
  const machineUses: string[] = [];
  const declared = declaredNames(program);
  walk(program, (node, parent) => {
    const specifier = specifierOf(node);
    if (specifier !== null) imports.add(specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : specifier);
    const use = machineUse(node, parent, declared);
    if (use !== null) machineUses.push(`line ${text.slice(0, node.start).split("\n").length}: ${use}`);
  });
  return { file, imports: [...imports], machineUses };
}

function specifierOf(node: Node): string | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return isNode(node["source"]) && typeof node["source"]["value"] === "string" ? node["source"]["value"] : null;
    default:
      return null;
  }
}

function machineUse(node: Node, parent: Node | null, declared: ReadonlySet<string>): string | null {
  if (node.type === "MemberExpression") {
    const name = `${nameOf(node["object"])}.${nameOf(node["property"])}`;
    return MACHINE_MEMBERS.has(name) && !declared.has(nameOf(node["object"])) ? name : null;
  }
  if ((node.type === "NewExpression" || node.type === "CallExpression") && nameOf(node["callee"]) === "Date" && !declared.has("Date")) {
    const takesArgument = Array.isArray(node["arguments"]) && node["arguments"].length > 0;
    return takesArgument && node.type === "NewExpression" ? null : "Date without a time";
  }
  if (node.type !== "Identifier" || parent === null || !MACHINE_GLOBALS.has(nameOf(node))) return null;
  // `import { setTimeout } from "node:timers/promises"` declares the name of what it reaches for.
  if (parent.type === "ImportSpecifier") return parent["imported"] === node ? nameOf(node) : null;
  if (declared.has(nameOf(node))) return null;
  return isNameOfMember(node, parent) ? null : nameOf(node);
}

/** Whether an identifier only names a member: `x.process`, `{ process: 1 }`, `interface X { process: string }`. */
function isNameOfMember(node: Node, parent: Node): boolean {
  if (parent.type === "MemberExpression") return parent["property"] === node && parent["computed"] !== true;
  if (parent.type === "Property") return parent["key"] === node && parent["computed"] !== true;
  return ["PropertyDefinition", "MethodDefinition", "TSPropertySignature", "TSMethodSignature", "TSQualifiedName"].includes(parent.type);
}

/** The names that a file declares anywhere: a parameter called `process` is not the global. */
function declaredNames(program: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const declare = (pattern: unknown): void => {
    if (!isNode(pattern)) return;
    if (pattern.type === "Identifier") names.add(nameOf(pattern));
    for (const part of [pattern["left"], pattern["argument"], pattern["value"], pattern["elements"], pattern["properties"]].flat())
      declare(part);
  };
  walk(program, (node) => {
    if (node.type === "VariableDeclarator") declare(node["id"]);
    if (node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression") {
      declare(node["id"]);
      if (Array.isArray(node["params"])) node["params"].forEach(declare);
    }
    if (node.type === "ClassDeclaration") declare(node["id"]);
    if (node.type.startsWith("Import") && isNode(node["local"])) declare(node["local"]);
  });
  return names;
}

function walk(node: Node, visit: (node: Node, parent: Node | null) => void, parent: Node | null = null): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) walk(child, visit, node);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node["name"] === "string" ? node["name"] : "";
}
