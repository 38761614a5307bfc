// The document of `--format pdf`, read as a PDF reader does.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test, type TestContext } from "vitest";
import type { Result } from "@holdfast/core";
import { pdfDocument } from "../../packages/report/pdf/document.ts";
import { countText } from "../../packages/report/pretty/count-text.ts";
import { percentText } from "../../packages/report/pretty/percent.ts";
import { clusterResult, comparedResult } from "../../packages/report/testing/estate-results.ts";
import { handMadeResults } from "../../packages/report/testing/hand-made-results.ts";
import { needs } from "./needs.ts";
import { runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

let folder = "";
let shop: Result;
const file = (name: string): string => path.join(folder, name);

/** Writes the document of a result. */
async function document(name: string, result: Result): Promise<string> {
  writeFileSync(file(`${name}.json`), JSON.stringify(result));
  const run = await runHoldfast(["report", file(`${name}.json`), "--format", "pdf", "--output", file(`${name}.pdf`)]);
  expect(run.stderr).not.toContain("could not write");
  return file(`${name}.pdf`);
}

/** The text of each page, its lines as they stand. */
async function pagesOf(context: TestContext, pdf: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runCommand([needs(context, "pdftotext"), "-layout", pdf, "-"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.split("\f").slice(0, -1);
}

/** All text of a document, with single spaces. */
async function textOf(context: TestContext, pdf: string): Promise<string> {
  return (await pagesOf(context, pdf)).join("\n").replaceAll(/\s+/gu, " ");
}

beforeAll(async () => {
  folder = scratchFolder();
  await runHoldfast(["scan", "examples/shop", "--framework", "nsa,pci-dss-4.0.1", "--format", "json,pdf", "--output", file("shop")]);
  shop = JSON.parse(readFileSync(file("shop.json"), "utf8")) as Result;
});

describe("a scan", () => {
  test("writes what `report` writes, to the byte", async () => {
    await runHoldfast(["report", file("shop.json"), "--format", "pdf", "--output", file("again.pdf")]);
    expect(readFileSync(file("again.pdf")).equals(readFileSync(file("shop.pdf")))).toBe(true);
  });

  test("has cover, contents that tell the right pages, and every part", async (context) => {
    const pages = await pagesOf(context, file("shop.pdf"));
    expect(pages[0]).toMatch(/Kubernetes security report\s+14 resources from 8 files of examples\/shop/u);
    expect(pages[0]).toMatch(/Compliance\s+Coverage\s+Reach/u);
    expect(pages[0]).toMatch(new RegExp(`${shop.summary.findings} open findings`, "u"));
    const contents = [...(pages[1] ?? "").matchAll(/^ *(\S.*?) {2,}(\d+)$/gmu)].map(
      ([, title = "", page]) => [title, Number(page)] as const,
    );
    const titles =
      "Scope, Files, Method, Coverage and limits, Problems, Not judged, What no scanner can show, Results, Overview, NSA, PCI DSS 4.0.1, Controls that judged, Findings, Accepted risks";
    expect(contents.map(([title]) => title).join(", ")).toBe(titles);
    for (const [title, page] of contents) expect(pages[page - 1], title).toContain(title);
    for (const [place, page] of pages.entries()) if (place > 0) expect(page).toContain(`Page ${place + 1} of ${pages.length}`);
  });

  test("names each section of the frameworks with its counts, each finding, and what was not judged", async (context) => {
    const text = await textOf(context, file("shop.pdf"));
    for (const { sections } of shop.frameworks) for (const { id } of sections) expect(text).toContain(id);
    for (const { control, source } of shop.findings) {
      expect(text).toContain(control);
      if (source !== undefined) expect(text).toContain(`${source.file}:${source.line}:${source.column}`);
    }
    expect(text).toContain(`${shop.findings.length} open findings, the worst first.`);
    for (const { id, status } of shop.controls) if (status === "skipped") expect(text).toContain(id);
  });

  test("is tagged: a screen reader finds headings, contents, tables and facts, and the head of a table once", async (context) => {
    const tool = needs(context, "pdfinfo");
    const { stdout: info } = await runCommand([tool, file("shop.pdf")]);
    expect(info).toMatch(/^Tagged: +yes$/mu);
    const { stdout, stderr, code } = await runCommand([tool, "-struct-text", file("shop.pdf")]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    const lines = stdout.split("\n").map((line) => line.trim());
    const below = (type: string): readonly string[] =>
      lines.flatMap((line, at) => (line.startsWith(`${type} `) ? [lines[at + 1] ?? ""] : []));
    expect(below("H1")).toEqual(
      ["Kubernetes security report", "Contents", "Scope", "Method", "Coverage and limits", "Results", "Findings", "Accepted risks"].map(
        (title) => `"${title}"`,
      ),
    );
    expect(below("Link")).toContain('"Overview"');
    // On sheets the head of a table stands again; read it is once for each framework.
    const head = "Section, with its failed controls";
    expect((await pagesOf(context, file("shop.pdf"))).filter((page) => page.includes(head)).length).toBeGreaterThan(shop.frameworks.length);
    expect(lines.filter((line) => line.startsWith(`"${head}`))).toHaveLength(shop.frameworks.length);
    for (const type of ["Table", "TR", "TH", "TD", "L", "LI", "Lbl", "LBody", "TOC", "TOCI"])
      expect(lines.filter((line) => line.split(" ")[0] === type)).not.toEqual([]);
    // What stands on every sheet is not read on every sheet.
    expect(stdout).not.toMatch(/Page \d+ of/u);
  });

  test("has its fonts in it, bookmarks, and no date but that of the result", async (context) => {
    const fonts = await runCommand([needs(context, "pdffonts"), file("shop.pdf")]);
    const lines = fonts.stdout.trim().split("\n").slice(2);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/IBMPlex.* yes yes yes /u);
    const info = await runCommand([needs(context, "pdfinfo"), file("shop.pdf")]);
    expect(info.stdout).toMatch(/Title: +Kubernetes security report: examples\/shop\n/u);
    expect(info.stdout).toMatch(/Page size: +595.28 x 841.89 pts \(A4\)/u);
    expect(info.stdout).not.toMatch(/Date/u);
    expect(readFileSync(file("shop.pdf"), "latin1")).toMatch(/\/Outlines \d+ 0 R/u);
  });
});

test("of many findings as many are there as a document can hold, and how many are not is said twice", async (context) => {
  const findings = Array.from({ length: 40 }, () => shop.findings).flat();
  const summary = { ...shop.summary, findings: findings.length };
  const text = await textOf(context, await document("many", { ...shop, findings, summary, verdicts: [] }));
  const left = (findings.length - 300).toLocaleString("en-US");
  expect(text.split(`${left} more open findings are not in this document`)).toHaveLength(3);
});

test("accepted risks have their reason and end, gates their outcome; without data nothing is called well", async (context) => {
  const accepted = await textOf(context, await document("findings", handMadeResults["findings"] as Result));
  expect(accepted).toMatch(/node-tuner-network It uses the host's network\. 2026-12-31 1 exceptions\.yaml:3/u);
  expect(accepted).toMatch(/breached severity-threshold high breached/u);
  expect(accepted).toContain("81.9 % (strict 79 %)");
  const empty = await textOf(context, await document("empty", handMadeResults["empty"] as Result));
  expect(empty).toMatch(/Compliance Coverage Reach no data no data 1 of 2/u);
  expect(empty).toContain("No data: nothing could be judged.");
  expect(empty).not.toMatch(/Compliance (?:0|100) %/u);
});

describe.each(Object.keys(handMadeResults))("%s", (name) => {
  test("the document says the figures of the result", async (context) => {
    const result = handMadeResults[name] as Result;
    const { compliance, coverage, reach, findings, accepted, controls } = result.summary;
    writeFileSync(file(`${name}-figures.pdf`), Buffer.concat([...pdfDocument(result)]));
    const [cover = "", ...pages] = await pagesOf(context, file(`${name}-figures.pdf`));
    const text = pages.join("\n").replaceAll(/\s+/gu, " ");
    const figure = reach.total === 0 ? "no data" : `${reach.answerable} of ${reach.total}`;
    expect(cover.replaceAll(/\s+/gu, " ")).toContain(
      `Compliance Coverage Reach ${percentText(compliance)} ${percentText(coverage)} ${figure} `,
    );
    expect(text).toContain(`${countText(findings, "open finding")}, ${accepted} accepted`);
    for (const [word, count] of [
      ["failed", controls.failed],
      ["accepted", controls.accepted],
      ["passed", controls.passed],
      ["not judged", controls.skipped],
    ] as const) {
      if (count > 0) expect(text).toContain(`${count} ${word}`);
    }
  });
});

test("texts that no sheet holds are cut, and say by how much", async (context) => {
  const [first] = shop.findings;
  const long = "word ".repeat(4000);
  const evidence = Array.from({ length: 3 }, (_, at) => ({ path: `a${at}`, value: long }));
  const finding = { ...(first as Result["findings"][number]), message: long, evidence };
  const pdf = await document("long", {
    ...shop,
    findings: [finding, ...shop.findings.slice(1, 3)],
    verdicts: [],
    summary: { ...shop.summary, findings: 3 },
  });
  const pages = await pagesOf(context, pdf);
  const told = pages.filter((text) => text.includes("word word"));
  expect(told).toHaveLength(1);
  expect(told[0]?.match(/\d more characters\)/gu)).toHaveLength(4);
});

test("characters that no font of it has stand there by their code points", async (context) => {
  const text = await textOf(context, await document("hostile", handMadeResults["hostile"] as Result));
  expect(text).toContain("a b/100 %/[U+65E5 U+672C U+8A9E]#1.yaml");
  expect(text).toMatch(/x\/\[U\+202E\]live\[U\+202C\]/u);
});

test("a cluster, exceptions that did not apply, a baseline and a lock file are told of", async (context) => {
  const cluster = await textOf(context, await document("cluster", clusterResult));
  expect(cluster).toContain("This document reports on cluster prod. What was judged are the objects of a running cluster");
  expect(cluster).toMatch(/Secret may not be read: the account may not list secrets/u);
  const compared = await textOf(context, await document("compared", comparedResult));
  expect(compared).toContain("Compared with last-week.json of 2025-12-25T00:00:00Z: 1 new, 1 resolved");
  expect(compared).toContain("control C-0057 had no open finding and has 1. Changed since: the library.");
  // The layout has the cells of a row beside each other.
  expect(compared).toMatch(/old-one until the move .{0,40}expired: not/u);
  expect(compared).toMatch(/HelmRelease shop\/redis in deploy\/redis\.yaml its chart is not in the tree/u);
});
