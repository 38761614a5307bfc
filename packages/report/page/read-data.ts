import type { PageFinding, PageIndex } from "../html/page-data.ts";

/** What the page holds. */
export interface PageContents {
  readonly index: PageIndex;
  readonly findings: readonly PageFinding[];
}

/** Reads the data blocks, and takes them out of the page, which would hold every text twice otherwise. */
export function readData(): PageContents {
  const findings: PageFinding[] = [];
  let index: PageIndex = { none: "", controls: [], resources: [], exceptions: [], frameworks: [] };
  for (const block of document.querySelectorAll<HTMLScriptElement>("script[data-part]")) {
    const value: unknown = JSON.parse(block.text);
    if (block.dataset["part"] === "index") index = value as PageIndex;
    else for (const finding of value as readonly PageFinding[]) findings.push(finding);
    block.remove();
  }
  return { index, findings };
}
