import { expect, test } from "vitest";
import { memoryFiles } from "../testing/memory-files.ts";
import { load } from "./load.ts";
import type { RootLoader } from "./loaders/define.ts";
import { yamlFiles } from "./loaders/yaml-files.ts";

/** A bundle is a folder with a file `BUNDLE`; what it names elsewhere is part of it; its folder `extras` is not. */
const bundles: RootLoader = {
  id: "bundle",
  title: "bundles",
  claims: (entry) => entry.kind === "folder" && entry.names.has("BUNDLE"),
  leaves: (_folder, name) => name === "extras",
  plan: async ({ claimed, all }) =>
    claimed.map((entry) => ({
      entry,
      parts: all.flatMap((other) => (other.kind === "file" && other.file.startsWith("shared/") ? [other.path] : [])),
      load: async () => ({
        documents: [{ kind: "not-kubernetes" }],
        rendered: { kind: "bundle", name: "b", file: entry.file, files: ["shared/base.yaml"] },
        notExpanded: [{ kind: "Bundle", name: "far", file: entry.file, reason: "it is elsewhere" }],
      }),
    })),
};

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n";
const TREE = {
  "/w/app/BUNDLE": "",
  "/w/app/inner.yaml": POD,
  "/w/app/extras/pod.yaml": POD,
  "/w/shared/base.yaml": POD,
  "/w/plain/pod.yaml": POD,
  "/w/plain/readme.md": "",
};

test("a root has what is in its folder and its parts elsewhere, but for what it leaves to others; nothing is loaded twice", async () => {
  const { inputs, resources } = await load({ paths: ["."], cwd: "/w", files: memoryFiles(TREE) }, [bundles, yamlFiles]);
  expect(inputs.files.map(({ file, loader }) => `${file} ${loader}`)).toEqual([
    "app bundle",
    "app/extras/pod.yaml yaml",
    "plain/pod.yaml yaml",
  ]);
  expect(resources).toHaveLength(2);
  expect(inputs.rendered).toEqual([{ kind: "bundle", name: "b", file: "app", files: ["shared/base.yaml"], resources: 0, problems: 0 }]);
  expect(inputs.notExpanded).toEqual([{ kind: "Bundle", name: "far", file: "app", reason: "it is elsewhere" }]);
  expect(inputs).not.toHaveProperty("skipped");
});

test("what no loader reads is named when that is asked for", async () => {
  const files = memoryFiles({ ...TREE, "/w/.holdfastignore": "shared\n" });
  const { inputs } = await load({ paths: ["."], cwd: "/w", files, nameSkipped: true }, [yamlFiles]);
  expect(inputs.skipped).toEqual([
    { file: ".holdfastignore", reason: "other" },
    { file: "app/BUNDLE", reason: "other" },
    { file: "plain/readme.md", reason: "other" },
    { file: "shared", reason: "ignored" },
  ]);
});
