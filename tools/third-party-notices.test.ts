import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { packageFolder, thirdPartyNotices } from "./third-party-notices.ts";

test("a module's package is the innermost folder of node_modules", () => {
  expect(packageFolder("/w/node_modules/js-yaml/dist/index.mjs")).toBe("/w/node_modules/js-yaml");
  expect(packageFolder("/w/node_modules/@scope/name/a.js")).toBe("/w/node_modules/@scope/name");
  expect(packageFolder("/w/node_modules/a/node_modules/b/c/d.js")).toBe("/w/node_modules/a/node_modules/b");
  expect(packageFolder("/w/packages/core/index.ts")).toBeNull();
});

test("each package is named once, by name, with its licence's text; one without is an error", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "notices-"));
  try {
    const modules = path.join(folder, "node_modules");
    for (const [name, licence] of [
      ["zeta", "LICENSE"],
      ["alpha", "licence.md"],
      ["bare", null],
    ] as const) {
      await mkdir(path.join(modules, name), { recursive: true });
      await writeFile(path.join(modules, name, "package.json"), JSON.stringify({ name, version: "1.2.3", license: "MIT" }));
      if (licence !== null) await writeFile(path.join(modules, name, licence), `The licence of ${name}\n`);
    }
    const text = await thirdPartyNotices([`${modules}/zeta/a.js`, `${modules}/alpha/b.js`, `${modules}/zeta/c.js`, `${folder}/ours.ts`]);
    expect(text.match(/^(?:alpha|zeta) 1\.2\.3 \(MIT\)$/gmu)).toEqual(["alpha 1.2.3 (MIT)", "zeta 1.2.3 (MIT)"]);
    expect(text).toContain("The licence of alpha");
    // One that names the licence and its holder says as much as a file would.
    await mkdir(path.join(modules, "named"));
    const named = { name: "named", version: "1.0.0", license: "MIT", author: { name: "A. Author" } };
    await writeFile(path.join(modules, "named/package.json"), JSON.stringify(named));
    expect(await thirdPartyNotices([`${modules}/named/a.js`])).toMatch(
      /named 1\.0\.0 \(MIT\)\n\nCopyright \(c\) A\. Author\n\nPermission is hereby granted/u,
    );
    await expect(thirdPartyNotices([`${modules}/bare/a.js`])).rejects.toThrow("bare 1.2.3 is bundled, and has no licence text");
  } finally {
    await rm(folder, { recursive: true });
  }
});
