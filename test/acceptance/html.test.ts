// The page of `--format html`: one file, used in a real browser as its readers do.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { handMadeResults } from "../../packages/report/testing/hand-made-results.ts";
import { markupResult } from "../../packages/report/testing/markup-result.ts";
import { openFile } from "./chromium.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

let folder = "";
let shop: Result;
const file = (name: string): string => path.join(folder, name);

/** The result of a scan as often as it takes to have so many findings, each about a resource of its own. */
function manyTimes(result: Result, findings: number): Result {
  const times = Math.ceil(findings / result.findings.length);
  const { resources } = result;
  const all = Array.from({ length: times }, (_, time) =>
    result.findings.map((finding) => ({
      ...finding,
      resource: finding.resource + time * resources.length,
      related: finding.related.map((place) => place + time * resources.length),
      fingerprint: `${time.toString(16).padStart(4, "0")}${finding.fingerprint.slice(4)}`,
    })),
  ).flat();
  return {
    ...result,
    resources: Array.from({ length: times }, (_, time) =>
      resources.map((resource) => ({ ...resource, name: `${resource.name}-${time}` })),
    ).flat(),
    findings: all.slice(0, findings),
    verdicts: [],
    summary: { ...result.summary, findings },
  };
}

beforeAll(async () => {
  folder = scratchFolder();
  await runHoldfast(["scan", "examples/shop", "--format", "json,html", "--output", file("shop")]);
  shop = JSON.parse(readFileSync(file("shop.json"), "utf8")) as Result;
  const others = {
    findings: handMadeResults["findings"],
    attacked: handMadeResults["attacked"],
    empty: handMadeResults["empty"],
    markup: markupResult,
  };
  for (const [name, result] of Object.entries({ ...others, large: manyTimes(shop, 20_000) })) {
    writeFileSync(file(`${name}.json`), JSON.stringify(result));
    await runHoldfast(["report", file(`${name}.json`), "--format", "html", "--output", file(`${name}.html`)]);
  }
}, 180_000);

/** How many findings the page says it shows. */
async function counted(page: Page): Promise<string> {
  return (await page.locator("#count").textContent()) ?? "";
}

/** Waits for what the page says of its findings. */
async function expectCount(page: Page, text: RegExp): Promise<void> {
  await expect.poll(async () => counted(page), { timeout: 20_000 }).toMatch(text);
}

/** The text of the finding that has the focus. */
async function focused(page: Page): Promise<string> {
  return page.evaluate("document.activeElement.textContent");
}

test("a scan and `report` write the same page, which refers to nothing outside of itself and is small beside its data", async () => {
  const text = readFileSync(file("shop.html"), "utf8");
  const again = await runHoldfast(["report", file("shop.json"), "--format", "html"], { cwd: root });
  expect(again.stdout === text).toBe(true);
  expect(text).not.toMatch(/\b(?:src|href|action)="(?!#|data:)/u);
  expect(text).not.toMatch(/@import|url\(/u);
  const data = [...text.matchAll(/<script type="application\/json"[^>]*>.*<\/script>|<template.*?<\/template>/gsu)].reduce(
    (sum, [part]) => sum + part.length,
    0,
  );
  expect(text.length - data).toBeLessThan(1_000_000);
});

describe("in a browser", () => {
  test("a finding is found by search and filters, opened, and its fix copied", async (context) => {
    const { page, faults } = await openFile(context, file("shop.html"), { permissions: ["clipboard-read", "clipboard-write"] });
    await expectCount(page, new RegExp(`^${shop.findings.length} findings`, "u"));

    await page.getByLabel("Search").fill("privileged node-tuner");
    const matching = shop.findings.filter(
      ({ control, resource }) => control === "C-0057" && shop.resources[resource]?.name === "node-tuner",
    );
    await expectCount(page, new RegExp(`^${matching.length} of `, "u"));
    const row = page.getByRole("button", { name: /as good as root/u });
    await row.click();
    const details = page.locator(".finding", { has: row }).locator(".details");
    for (const part of ["Code", "Evidence", "Fix"]) expect(await details.getByRole("heading", { name: part, exact: true }).count()).toBe(1);
    expect(await details.locator("mark").textContent()).toBe("true");
    await details.getByText("What this control is about").click();
    expect(await details.getByRole("heading", { name: "Why it matters" }).isVisible()).toBe(true);

    await details.getByRole("button", { name: "Copy fix" }).click();
    await expect.poll(async () => page.locator("#said").textContent()).toBe("Copied");
    const [finding] = matching;
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied).toBe(`--- a/${finding?.edit?.file}\n+++ b/${finding?.edit?.file}\n${finding?.edit?.diff.trimEnd()}\n`);

    await page.getByRole("button", { name: "Clear filters" }).click();
    await expectCount(page, new RegExp(`^${shop.findings.length} findings`, "u"));
    const open = (wanted: (finding: Result["findings"][number]) => boolean): number => shop.findings.filter(wanted).length;
    await page.getByRole("checkbox", { name: /^medium/u }).check();
    await expectCount(page, new RegExp(`^${open(({ severity }) => severity === "medium")} of `, "u"));
    await page.getByLabel("Kind", { exact: true }).selectOption("Deployment");
    const isDeployment = (place: number): boolean => shop.resources[place]?.kind === "Deployment";
    await expectCount(page, new RegExp(`^${open(({ severity, resource }) => severity === "medium" && isDeployment(resource))} of `, "u"));
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByLabel("Namespace", { exact: true }).selectOption("none");
    await expectCount(page, new RegExp(`^${open(({ resource }) => shop.resources[resource]?.namespace === "")} of `, "u"));
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByLabel("Framework", { exact: true }).selectOption("nsa");
    const nsa = new Set(shop.controls.filter(({ frameworks }) => frameworks.includes("nsa")).map(({ id }) => id));
    await expectCount(page, new RegExp(`^${open(({ control }) => nsa.has(control))} of `, "u"));

    const control = page.locator('#controls button[data-control="C-0057"]');
    await control.click();
    await expectCount(page, new RegExp(`^${open((one) => one.control === "C-0057")} of `, "u"));
    expect(faults).toEqual([]);
  });

  test("by keys alone", async (context) => {
    const { page, faults } = await openFile(context, file("shop.html"));
    await page.keyboard.press("/");
    await page.keyboard.type("C-0004");
    await expectCount(page, / of /u);
    await page.keyboard.press("Enter");
    const first = await focused(page);
    expect(first).toContain("C-0004");
    await page.keyboard.press("j");
    const second = await focused(page);
    expect(second).not.toBe(first);
    await page.keyboard.press("k");
    expect(await focused(page)).toBe(first);
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toBe(second);
    await page.keyboard.press("Enter");
    const row = page.locator(".row:focus");
    expect(await row.getAttribute("aria-expanded")).toBe("true");
    expect(await row.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    expect(await row.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    await expectCount(page, new RegExp(`^${shop.findings.length} findings`, "u"));
    await page.keyboard.press("Escape");

    // Past the last of a page comes the first of the next.
    for (let i = 0; i < 51; i++) await page.keyboard.press("j");
    await expectCount(page, /51 to 100 shown/u);
    // Letters do nothing once they are turned off.
    await page.getByLabel("single keys").uncheck();
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement.id")).toBe("keys");
    expect(faults).toEqual([]);
  });

  test("with 20,000 findings the first are there, and a search finds the others", async (context) => {
    const { page, faults } = await openFile(context, file("large.html"));
    await expectCount(page, /^20,000 findings, 1 to 50 shown$/u);
    await page.getByRole("button", { name: "Last" }).click();
    await expectCount(page, /19,951 to 20,000 shown/u);
    await page.getByLabel("Search").fill("node-tuner-77 C-0057");
    await expectCount(page, /^\d of 20,000 findings$/u);
    // The browser never has more rows than a reader can look at.
    expect(await page.locator(".finding").count()).toBeLessThan(51);
    expect(faults).toEqual([]);
  });

  test("markup in names and texts is shown, not obeyed", async (context) => {
    const { page, faults } = await openFile(context, file("markup.html"));
    await expectCount(page, /^2 findings/u);
    for (const row of await page.locator(".row").all()) await row.click();
    for (const more of await page.locator("summary").all()) await more.click();
    await page.mouse.move(200, 200);
    expect(await page.locator("main img, main svg[onload], main [onfocus], main script").count()).toBe(0);
    expect(await page.locator(".message").first().textContent()).toContain('<img src=x onerror="hacked()">');
    expect(faults).toEqual([]);
  });

  test("without data there is neither a number nor a colour of health", async (context) => {
    const { page, faults } = await openFile(context, file("empty.html"));
    expect(await page.locator(".card .figure").allTextContents()).toEqual(["no data", "no data", "1 of 2"]);
    expect(await page.locator(".ring-none").count()).toBe(2);
    expect(await counted(page)).toBe("No data: nothing could be judged.");
    expect(await page.locator("#filter").isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  test("paper has the findings opened, and says how many it leaves out", async (context) => {
    const { page, faults } = await openFile(context, file("large.html"));
    await expectCount(page, /^20,000/u);
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator(".finding .listing").count()).toBeGreaterThan(300);
    expect(await page.locator("#pages").innerText()).toBe(
      "19,600 more findings are not printed: filter them, or take another form of the result.",
    );
    expect(await page.locator("#filter").isVisible()).toBe(false);
    expect(await page.locator(".contents").isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: "screen" });
    await expectCount(page, /^20,000 findings, 1 to 50 shown$/u);
    expect(await page.locator("#filter").isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  interface Violation {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }

  describe.each(["attacked", "findings", "empty"])("axe finds nothing on %s", (name) => {
    test("in either theme", async (context) => {
      const { page, faults } = await openFile(context, file(`${name}.html`));
      for (const row of (await page.locator(".row").all()).slice(0, 6)) await row.click();
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      await page.evaluate(axe.source);
      for (const theme of ["Light", "Dark"]) {
        await page.getByRole("radio", { name: theme }).check({ force: true });
        const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(
          "axe.run({ resultTypes: ['violations'] })",
        );
        expect(
          violations.map(({ id, nodes }) => [theme, id, nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}: ${failureSummary}`)]),
        ).toEqual([]);
      }
      expect(faults).toEqual([]);
    });
  });

  test("a phone's width needs no scrolling sideways", async (context) => {
    const { page } = await openFile(context, file("shop.html"), { viewport: { width: 390, height: 844 } });
    await page.locator(".row").first().click();
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });
});
