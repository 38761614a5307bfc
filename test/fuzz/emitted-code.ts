// What emitted code may be made of. Names and texts of modules may appear in it only as strings, as names that it declares, and as properties.
import { parseAst } from "rolldown/parseAst";

/** Names that emitted code takes from outside itself. */
const outside: ReadonlySet<string> = new Set(
  "runtime builtins program needs undefined Map Set Object Array Number String Math NaN Infinity".split(" "),
);
const forbidden: ReadonlySet<string> = new Set(
  "ImportExpression MetaProperty TaggedTemplateExpression ThisExpression WithStatement ClassDeclaration ClassExpression AwaitExpression YieldExpression DebuggerStatement ImportDeclaration".split(
    " ",
  ),
);
const dangerous: ReadonlySet<string> = new Set(
  "constructor __proto__ prototype caller callee __defineGetter__ __lookupGetter__".split(" "),
);

interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Throws when emitted code is no JavaScript, uses a name that it neither declares nor is given, or holds a construct that nothing emits. */
export function checkEmittedCode(code: string): void {
  const program = parseAst(`(function (runtime, builtins, program, needs) {${code}\n})`, {
    sourceType: "script",
  } as never) as unknown as SyntaxNode;
  const declared = new Set<string>();
  const used: string[] = [];
  const properties: string[] = [];
  visit(program, null, "", (node, parent, key) => {
    if (forbidden.has(node.type)) throw new Error(`the emitted code holds a ${node.type}`);
    if (node.type !== "Identifier") return;
    const name = String(node["name"]);
    if (parent?.type === "MemberExpression" && key === "property" && parent["computed"] === false) properties.push(name);
    else if (parent?.type === "Property" && key === "key" && parent["computed"] === false) return;
    else if (isDeclaration(parent, key)) declared.add(name);
    else used.push(name);
  });
  const stranger = used.find((name) => !declared.has(name) && !outside.has(name));
  if (stranger !== undefined) throw new Error(`the emitted code uses the outer name ${stranger}`);
  const reaching = properties.find((name) => dangerous.has(name));
  if (reaching !== undefined) throw new Error(`the emitted code reads the property ${reaching}`);
}

/** Runs something, and gives the texts that it made code of. */
export function codeMadeBy(run: () => void): readonly string[] {
  const made: string[] = [];
  const { Function: original } = globalThis;
  globalThis.Function = new Proxy(original, {
    construct(target, texts: readonly string[], newTarget) {
      made.push(texts.at(-1) ?? "");
      return Reflect.construct(target, texts, newTarget) as object;
    },
  });
  try {
    run();
  } finally {
    globalThis.Function = original;
  }
  return made;
}

function isDeclaration(parent: SyntaxNode | null, key: string): boolean {
  if (parent === null) return false;
  if (parent.type === "VariableDeclarator") return key === "id";
  if (parent.type === "LabeledStatement" || parent.type === "BreakStatement" || parent.type === "ContinueStatement") return key === "label";
  if (parent.type === "Property") return key === "value";
  return /Function/u.test(parent.type)
    ? key === "id" || key === "params"
    : parent.type === "CatchClause" || parent.type === "ArrayPattern" || parent.type === "RestElement";
}

function visit(
  node: SyntaxNode,
  parent: SyntaxNode | null,
  key: string,
  see: (node: SyntaxNode, parent: SyntaxNode | null, key: string) => void,
): void {
  see(node, parent, key);
  for (const [name, child] of Object.entries(node)) {
    for (const one of Array.isArray(child) ? (child as readonly unknown[]) : [child]) if (isNode(one)) visit(one, node, name, see);
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
