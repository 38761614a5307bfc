import type { Origin } from "../loaders/define.ts";
import { listOf, textOf } from "./kustomization.ts";
import type { OverlayNode } from "./overlay.ts";
import { placeAt } from "./place.ts";
import { isRemote } from "./references.ts";

/** The kustomizations from the root to the one that names a file, or that is in it. */
export function chainTo(node: OverlayNode, file: string): readonly OverlayNode[] | undefined {
  if (node.bases.includes(file) || node.plugins.includes(file) || node.kustomization.path === file) return [node];
  for (const child of [...node.bases, ...node.components, ...node.plugins]) {
    const rest = typeof child === "string" ? undefined : chainTo(child, file);
    if (rest !== undefined) return [node, ...rest];
  }
  return undefined;
}

/** The kustomizations from the root to the one that names a repository, and the place where it does; undefined where none is seen to name it. */
export function chainToRemote(
  node: OverlayNode,
  repository: string,
): { readonly chain: readonly OverlayNode[]; readonly entry: Origin } | undefined {
  const { text, document, fields, made } = node.kustomization;
  for (const key of ["resources", "bases", "components"])
    for (const [index, target] of listOf(fields[key]).entries())
      if (made === undefined && typeof target === "string" && isRemote(target) && bareUrl(target).includes(bareUrl(repository)))
        return {
          chain: [node],
          entry: placeAt({ text, nodes: document.nodes, node: 0 }, [key, index], false, "the object comes from another repository"),
        };
  for (const child of [...node.bases, ...node.components]) {
    const rest = typeof child === "string" ? undefined : chainToRemote(child, repository);
    if (rest !== undefined) return { chain: [node, ...rest.chain], entry: rest.entry };
  }
  return undefined;
}

/** A repository's address without what may be left out of it or written in another way. */
function bareUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/^(?:git::)?(?:[a-z][a-z+]*:\/\/)?(?:[^@/]*@)?/u, "")
    .replace(":", "/")
    .replace(/\.git(?=$|[/?])/u, "")
    .replace(/\/$/u, "");
}

/** A name without what these kustomizations, from the root on, put before and behind it. */
export function withoutAffixes(name: string, chain: readonly OverlayNode[]): string {
  return chain.reduce((rest, { kustomization: { fields } }) => {
    const [prefix, suffix] = [textOf(fields["namePrefix"]) ?? "", textOf(fields["nameSuffix"]) ?? ""];
    const fits = rest.startsWith(prefix) && rest.endsWith(suffix) && rest.length > prefix.length + suffix.length;
    return fits ? rest.slice(prefix.length, rest.length - suffix.length) : rest;
  }, name);
}
