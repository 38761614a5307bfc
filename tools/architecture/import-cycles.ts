import type { SourceFile } from "./source-file.ts";

/**
 * The import cycles among files, types included, each as the sorted files of a strongly connected component. The algorithm is Tarjan's
 * ("Depth-first search and linear graph algorithms", 1972).
 */
export function importCycles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const importsOf = new Map(files.map(({ file, imports }) => [file, imports]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];

  const visit = (file: string): number => {
    const place = order.size;
    order.set(file, place);
    stack.push(file);
    let low = place;
    for (const imported of importsOf.get(file) ?? []) {
      if (!importsOf.has(imported)) continue;
      if (!order.has(imported)) low = Math.min(low, visit(imported));
      else if (stack.includes(imported)) low = Math.min(low, order.get(imported) ?? low);
    }
    lowest.set(file, low);
    if (low === place) {
      const component = stack.splice(stack.indexOf(file)).sort();
      if (component.length > 1 || importsOf.get(file)?.includes(file) === true) cycles.push(component);
    }
    return low;
  };
  for (const { file } of files) if (!order.has(file)) visit(file);
  return cycles;
}
