// https://www.openpolicyagent.org/docs/policy-reference#graph: a graph is an object from each node to the nodes its edges lead to.
import { lookup } from "../runtime/lookup.ts";
import { own } from "../runtime/own.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { isArray, isPlainObject, isSet, SetValue } from "../runtime/value.ts";
import type { PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf, objectOf, oneOf, setOf } from "./type-description.ts";

const graphType = objectOf(any, any);
const nodes = oneOf(arrayOf(any), setOf(any));

function itemsOf(values: RegoArray | SetValue): RegoArray {
  return values instanceof SetValue ? values.sorted() : values;
}

/** Where the edges of a node lead; none if it has something other than an array or set. Undefined if the node is not in the graph. */
function edgesOf(graph: RegoValue, node: RegoValue): RegoArray | undefined {
  const edges = lookup(graph, node);
  if (edges === undefined) return undefined;
  return isArray(edges) || isSet(edges) ? itemsOf(edges) : [];
}

/** The nodes of the graph that edges lead to from the initial ones, these included. */
function reachable(context: BuiltinContext, graph: RegoValue, initial: RegoArray): RegoSet {
  if (isPlainObject(graph)) return reachableByName(context, graph, initial);
  const reached = new RegoSet();
  const pending = [...initial];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const edges = edgesOf(graph, node);
    if (edges === undefined || !reached.add(node)) continue;
    context.spend(1 + edges.length);
    for (const next of edges) pending.push(next);
  }
  return reached;
}

/** The same where all nodes are strings: anything else is no node. */
function reachableByName(context: BuiltinContext, graph: PlainObject, initial: RegoArray): RegoSet {
  const last = lastSearched.get(context.memory);
  if (last?.graph === graph) return (last.again ??= new NamedGraph(graph)).reachable(context, initial);
  lastSearched.set(context.memory, { graph, again: null });
  const reached = new Set<string>();
  const pending = [...initial];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== "string" || reached.has(node)) continue;
    const edges = own(graph, node);
    if (edges === undefined) continue;
    reached.add(node);
    const items = isArray(edges) ? edges : isSet(edges) ? edges.items : [];
    context.spend(1 + items.length);
    for (let i = 0; i < items.length; i++) pending.push(items[i] as RegoValue);
  }
  return RegoSet.ofDistinct([...reached]);
}

/** The graph that an evaluation, known by its memory, searched last: policies search the same one from many nodes. `again` serves all searches but the first. */
const lastSearched: WeakMap<object, { readonly graph: PlainObject; again: NamedGraph | null }> = new WeakMap();

interface NamedNode {
  readonly name: string;
  /** The nodes of the graph that edges lead to, looked up when they are first needed. */
  edges: readonly NamedNode[] | null;
  /** The last search that reached it. */
  search: number;
}

/** A graph whose nodes are strings, with its edges as references. */
class NamedGraph {
  /** A graph of nobody: see `EvaluationContext.lasting`. */
  static readonly lasting: NamedGraph = new NamedGraph({ node: [] });
  private readonly graph: PlainObject;
  private readonly nodes: Map<RegoValue, NamedNode> = new Map();
  private searches = 0;

  constructor(graph: PlainObject) {
    this.graph = graph;
    for (const name of Object.keys(graph)) this.nodes.set(name, { name, edges: null, search: 0 });
  }

  reachable(context: BuiltinContext, initial: RegoArray): RegoSet {
    const search = ++this.searches;
    const reached: NamedNode[] = [];
    const names: string[] = [];
    let steps = 0;
    // The initial nodes are the edges of a node before them all.
    for (let edges = this.among(initial), i = 0; ; i++) {
      steps += 1 + edges.length;
      for (let j = 0; j < edges.length; j++) {
        const next = edges[j] as NamedNode;
        if (next.search === search) continue;
        next.search = search;
        reached.push(next);
        names.push(next.name);
      }
      const node = reached[i];
      if (node === undefined) break;
      edges = node.edges ??= this.edgesOf(node.name);
    }
    context.spend(steps);
    return RegoSet.ofDistinct(names);
  }

  private edgesOf(name: string): readonly NamedNode[] {
    const edges = own(this.graph, name);
    return isArray(edges) ? this.among(edges) : isSet(edges) ? this.among(edges.items) : [];
  }

  private among(values: RegoArray): readonly NamedNode[] {
    const found: NamedNode[] = [];
    for (const value of values) {
      const node = this.nodes.get(value);
      if (node !== undefined) found.push(node);
    }
    return found;
  }
}

/** Adds every path that begins with `path` and ends where no edge leads to a new node of the graph. */
function addPaths(context: BuiltinContext, graph: RegoValue, path: RegoArray, visited: RegoSet, found: RegoSet): void {
  const edges = edgesOf(graph, path.at(-1) as RegoValue) ?? [];
  context.spend(1 + path.length + edges.length);
  if (edges.length === 0) found.add(path);
  for (const next of edges) {
    // An edge from the first node to itself is followed once.
    if ((visited.has(next) && path.length > 1) || edgesOf(graph, next) === undefined) found.add(path);
    else addPaths(context, graph, [...path, next], visited.has(next) ? visited : RegoSet.from([...visited.items, next]), found);
  }
}

export const graph: readonly Builtin[] = [
  define({
    name: "graph.reachable",
    args: [graphType, nodes],
    result: setOf(any),
    evaluate: (context, edges, initial) => reachable(context, edges, itemsOf(initial)),
  }),
  define({
    name: "graph.reachable_paths",
    args: [graphType, nodes],
    result: setOf(arrayOf(any)),
    evaluate(context, edges, initial) {
      const found = new RegoSet();
      for (const node of itemsOf(initial)) {
        if (edgesOf(edges, node) !== undefined) addPaths(context, edges, [node], RegoSet.of(node), found);
      }
      return found;
    },
  }),
];
