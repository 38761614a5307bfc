// `holdfast fix` on charts and overlays with sub-charts, partials, patches and components: what it fixes is gone, nothing new comes up, only its lines change, and a second run has nothing to do.
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, type TestContext } from "vitest";
import { needs } from "./needs.ts";
import { machinePath, root, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SAMPLES = path.join(root, "test/source-lines/inputs");

async function holdfast(context: TestContext, cwd: string, ...args: readonly string[]): Promise<Run> {
  const tools = [path.dirname(needs(context, "helm")), path.dirname(needs(context, "kustomize"))];
  return runHoldfast(args, { cwd, env: { PATH: [...tools, machinePath()].join(path.delimiter) } });
}

function textsOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(path.join(folder, name)).isFile());
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}

interface Scan {
  readonly resources: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[];
  readonly findings: readonly { readonly control: string; readonly resource: number; readonly fingerprint: string }[];
}

/** What is found, by control and object: a finding that is mended in part has other paths than before. */
function placesOf({ findings, resources }: Scan): ReadonlySet<string> {
  return new Set(
    findings.map(({ control, resource }) => {
      const { kind = "", namespace = "", name = "" } = resources[resource] ?? {};
      return [control, kind, namespace, name].join(" ");
    }),
  );
}

/** Whether the lines of a list all come in another, in their order. */
function holdsInOrder(lines: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const line of all) if (line === lines[at]) at += 1;
  return at === lines.length;
}

/** Values that are shared by an anchor, beside those that are changed. */
const ANCHORS = "shared: &shared {a: 1} # once\nagain: *shared\n";

const CASES = [
  { name: "charts", folders: ["charts/ticket-shop", "charts/booking-api"], lineBreak: "\n" },
  { name: "overlays", folders: ["kustomize/timetable"], lineBreak: "\n" },
  { name: "charts with CRLF and anchors", folders: ["charts/queue-workers"], lineBreak: "\r\n" },
] as const;

for (const { name, folders, lineBreak } of CASES)
  test(`${name}: only its lines change, and a second run has nothing to do`, { timeout: 120_000 }, async (context) => {
    const folder = scratchFolder({});
    for (const one of folders) cpSync(path.join(SAMPLES, one), path.join(folder, one), { recursive: true });
    if (lineBreak === "\r\n")
      for (const [name, text] of textsOf(folder))
        if (name.endsWith("values.yaml")) writeFileSync(path.join(folder, name), `${text}${ANCHORS}`.replaceAll("\n", lineBreak));
    const before = textsOf(folder);
    const run = await holdfast(context, folder, "fix", ".", "--yes", "--json");
    const report = JSON.parse(run.stdout) as {
      readonly summary: { readonly fixed: number };
      readonly files: readonly { readonly file: string; readonly findings: number }[];
    };
    expect(report.summary.fixed, run.stderr).toBeGreaterThan(5);
    const after = textsOf(folder);
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    expect(changed.toSorted()).toEqual(report.files.map(({ file }) => file).toSorted());
    for (const { file } of report.files) {
      expect(existsSync(path.join(folder, file))).toBe(true);
      expect(file, "templates are never written").not.toContain("templates/");
      const [old, now] = [before.get(file) ?? "", after.get(file) ?? ""];
      const said = old.split("\n").filter((line) => /^\s*(?:#|$)/u.test(line));
      expect(holdsInOrder(said, now.split("\n")), `comments and blank lines of ${file}`).toBe(true);
      if (old.includes("\r\n")) {
        expect(now.replaceAll("\r\n", ""), file).not.toContain("\n");
        expect(now.endsWith(ANCHORS.replaceAll("\n", "\r\n")), file).toBe(true);
      }
      const kept = old.split("\n").filter((line) => now.split("\n").includes(line));
      expect(old.split("\n").length - kept.length, `lines of ${file} that others took the place of`).toBeLessThan(15);
    }
    const again = JSON.parse((await holdfast(context, folder, "fix", ".", "--yes", "--dry-run", "--json")).stdout) as typeof report;
    expect(again.summary.fixed, "a second run has nothing to do").toBe(0);
  });

test("what is fixed in a chart and an overlay is gone, and nothing else is found", { timeout: 120_000 }, async (context) => {
  const folder = scratchFolder({});
  cpSync(path.join(SAMPLES, "charts/booking-api"), path.join(folder, "chart"), { recursive: true });
  cpSync(path.join(SAMPLES, "kustomize/timetable"), path.join(folder, "overlay"), { recursive: true });
  const scan = async (): Promise<Scan> => JSON.parse((await holdfast(context, folder, "scan", ".", "--format", "json")).stdout) as Scan;
  const before = placesOf(await scan());
  const run = await holdfast(context, folder, "fix", ".", "--yes", "--json");
  const { findings } = JSON.parse(run.stdout) as {
    readonly findings: readonly { readonly outcome: string; readonly fingerprint: string }[];
  };
  const now = await scan();
  const there = new Set(now.findings.map(({ fingerprint }) => fingerprint));
  const fixed = findings.filter(({ outcome }) => outcome === "fixed");
  expect(fixed.length).toBeGreaterThan(5);
  expect(fixed.filter(({ fingerprint }) => there.has(fingerprint))).toEqual([]);
  expect([...placesOf(now)].filter((place) => !before.has(place))).toEqual([]);
});
