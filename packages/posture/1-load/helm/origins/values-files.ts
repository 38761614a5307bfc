import type { ObjectPath } from "@holdfast/core";
import { aliasBudget, compose } from "../../../yaml/compose.ts";
import { findNode } from "../../../yaml/find-node.ts";
import type { FoundNode } from "../../../yaml/find-node.ts";
import type { NodeTable } from "../../../yaml/node-table.ts";
import { SourceText } from "../../../yaml/source-text.ts";
import { YamlFault } from "../../../yaml/yaml-fault.ts";
import { textOf } from "../chart-tree.ts";
import type { ChartNode } from "../chart-tree.ts";
import type { RenderedChart } from "../rendered-chart.ts";

/** A file that sets values, and for which chart of the tree: its paths begin where that chart's values begin. */
interface ValuesFile {
  readonly text: SourceText;
  readonly nodes: NodeTable;
  readonly below: readonly string[];
}

/** Where a value is set. */
export type SetValue =
  | {
      readonly by: "file";
      readonly text: SourceText;
      readonly nodes: NodeTable;
      readonly found: FoundNode;
      readonly path: ObjectPath;
      /** Whether a weaker file sets it too. */ readonly again: boolean;
    }
  | { readonly by: "command-line"; readonly path: ObjectPath };

/** The files that set values of a chart, and those below it. The last one counts, a parent's more than the dependency's own. */
export class ValuesFiles {
  /** The strongest first. */
  readonly #files: readonly ValuesFile[];
  readonly #commandLine: readonly ObjectPath[];

  constructor({ run, files, nodes }: RenderedChart) {
    const given = run.values.map(({ file, text }) => ({ source: new SourceText(file, text), below: [] as readonly string[] })).toReversed();
    const own = nodes
      .toSorted((a, b) => a.valuesPath.length - b.valuesPath.length)
      .flatMap((node) => {
        const file = files.get(`${node.prefix}values.yaml`);
        return file === undefined ? [] : [{ source: new SourceText(file.file, textOf(file)), below: node.valuesPath }];
      });
    this.#files = [...given, ...own].flatMap(({ source, below }) => {
      const composed = composedValues(source);
      return composed === null ? [] : [{ text: source, nodes: composed, below }];
    });
    this.#commandLine = run.setKeys;
  }

  /** Where a value of a chart is set that is there when it is rendered; null where none of the files has it: Helm or a template gives it. */
  find(node: ChartNode, path: ObjectPath): SetValue | null {
    const isGlobal = path[0] === "global";
    const full: ObjectPath = isGlobal ? path : [...node.valuesPath, ...path];
    if (this.#commandLine.some((key) => key.length <= full.length && key.every((step, at) => String(step) === String(full[at]))))
      return { by: "command-line", path: full };
    const setting = this.#files.flatMap(({ text, nodes, below }) => {
      // A dependency beside the chart says nothing about its values.
      if (below.some((name, at) => node.valuesPath[at] !== name)) return [];
      const within = isGlobal ? path : full.slice(below.length);
      const found = findNode(nodes, 0, within);
      return found.depth === within.length && within.length > 0 ? [{ text, nodes, found, path: within }] : [];
    });
    const [strongest] = setting;
    return strongest === undefined ? null : { by: "file", ...strongest, again: setting.length > 1 };
  }
}

function composedValues({ text }: SourceText): NodeTable | null {
  try {
    return compose(text, 0, text.length, aliasBudget())[0]?.nodes ?? null;
  } catch (error) {
    // Helm read it, or there would be nothing to trace.
    if (error instanceof YamlFault) return null;
    throw error;
  }
}
