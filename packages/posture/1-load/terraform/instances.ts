import { HclFault, type HclMap, type HclNode } from "./hcl-node.ts";
import type { ModuleScope } from "./module-scope.ts";
import { parseHcl } from "./parse-hcl.ts";

/** One of the objects that a resource makes. */
export interface Instance {
  /** Its key as Terraform writes it behind the resource's address: `["a"]`, `[0]`; empty where there is only one. */
  readonly key: string;
  /** The names of the module, and its own: `each.key`, `each.value`, `count.index`. */
  readonly scope: ModuleScope;
}

/** The objects that a resource makes, as far as it is known how many: else one, and what says how many there are. */
export interface Instances {
  readonly all: readonly Instance[];
  readonly unknown?: { readonly argument: string; readonly source: string };
}

/** More are not made of one resource. */
const MOST = 100;

/** Reads `count` and `for_each`: https://developer.hashicorp.com/terraform/language/meta-arguments. A number, and a map or set that is written out, say how many objects there are. */
export function instancesOf({ entries }: HclMap, scope: ModuleScope): Instances {
  const [count, each] = ["count", "for_each"].map((name) => entries.find(({ key, labels }) => key === name && labels === undefined)?.value);
  if (count !== undefined) return counted(count, scope);
  return each === undefined ? { all: [{ key: "", scope }] } : forEach(each, scope);
}

function unknown(argument: string, node: HclNode, scope: ModuleScope): Instances {
  const source =
    node.kind === "expression" ? sourceOf(node) : node.kind === "scalar" ? String(node.value) : `a ${node.kind} of more than ${MOST}`;
  return { all: [{ key: "", scope }], unknown: { argument, source } };
}

function sourceOf({ parts }: Extract<HclNode, { readonly kind: "expression" }>): string {
  return parts.map((part) => (typeof part === "string" ? part : part.source)).join("");
}

function counted(node: HclNode, scope: ModuleScope): Instances {
  const known = scope.resolve(node);
  const number = known.kind === "scalar" ? Number(known.value ?? 1) : Number.NaN;
  if (!Number.isInteger(number) || number < 0 || number > MOST) return unknown("count", known, scope);
  return {
    all: Array.from({ length: number }, (_, index) => ({
      key: number === 1 ? "" : `[${index}]`,
      scope: scope.with(new Map([["count.index", scalar(index, known)]])),
    })),
  };
}

function forEach(node: HclNode, scope: ModuleScope): Instances {
  const known = withoutSet(scope.resolve(node), scope);
  const items = itemsOf(known, scope);
  if (items === undefined || items.length > MOST) return unknown("for_each", known, scope);
  return {
    all: items.map(([key, value]) => ({
      key: `[${JSON.stringify(key)}]`,
      scope: scope.with(
        new Map([
          ["each.key", scalar(key, value)],
          ["each.value", value],
        ]),
      ),
    })),
  };
}

function scalar(value: string | number, { start, end }: HclNode): HclNode {
  return { kind: "scalar", value, start, end };
}

/** What stands in `toset(…)`. */
function withoutSet(node: HclNode, scope: ModuleScope): HclNode {
  if (node.kind !== "expression" || node.isText) return node;
  const inner = /^toset\((?<inner>.*)\)$/su.exec(sourceOf(node).trim())?.groups?.["inner"];
  if (inner === undefined) return node;
  try {
    const value = parseHcl(`set = ${inner.trim()}\n`).entries[0]?.value;
    return value === undefined ? node : { ...scope.resolve(value), start: node.start, end: node.end };
  } catch (error) {
    if (error instanceof HclFault) return node;
    throw error;
  }
}

/** The keys and values of a map; of a set its texts, which are both. */
function itemsOf(node: HclNode, scope: ModuleScope): readonly (readonly [string, HclNode])[] | undefined {
  if (node.kind === "map") return node.entries.map(({ key, value }) => [key, value]);
  if (node.kind !== "list") return undefined;
  const texts = node.items.map((item) => scope.resolve(item));
  const known = texts.flatMap((item) => (item.kind === "scalar" && item.value !== null ? [[String(item.value), item] as const] : []));
  return known.length === texts.length ? [...new Map(known)] : undefined;
}
