// On a terminal: its width, its colours, and progress when work takes its time.
import { expect, test, type TestContext } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { program, root, runCommand } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const ESCAPE = "\u001B";
/** What takes the line of progress away, and what each of its texts begins with. */
const CLEAR_LINE = `\r${ESCAPE}[2K`;

/** Runs Holdfast on a terminal of this many columns. Returns all that the terminal was sent. */
async function onTerminal(context: TestContext, columns: number, args: readonly string[], cwd: string = root): Promise<string> {
  const script = needs(context, "script");
  needs(context, "stty");
  const quoted = [process.execPath, program, ...args].map((word) => `'${word}'`).join(" ");
  const command = `stty cols ${columns} rows 40; exec ${quoted}`;
  const run = await runCommand([script, "--quiet", "--return", "--command", command, "/dev/null"], {
    cwd,
    env: { TERM: "xterm-256color" },
  });
  expect(run.code, run.stdout).toBe(0);
  return run.stdout.replaceAll("\r\n", "\n");
}

function withoutColours(text: string): string {
  return text.replaceAll(new RegExp(`${ESCAPE}\\[[\\d;]*m`, "gu"), "");
}

test("its width is used, and colours are there", async (context) => {
  for (const columns of [50, 80]) {
    const shown = await onTerminal(context, columns, ["scan", "examples/shop"]);
    expect(shown).toContain(`${ESCAPE}[`);
    const lines = withoutColours(shown).split("\n");
    // Lines of the user's files and paths can't be broken without being changed; all else can.
    const prose = lines.filter((line) => line.trim().includes(" ") && !/^\s*(?:>?\s*\d+\s*[|+-]|\|)|\.yaml:\d+:\d+/u.test(line));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(Math.max(...prose.map((line) => line.length))).toBeGreaterThan(columns - 15);
  }
});

test("a short scan shows no progress, a long one does and takes it away again", async (context) => {
  const pods = Array.from({ length: 40 }, (_, i) => privilegedPod(`pod-${i}`)).join("---\n");
  const files = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`in/${i}.yaml`, pods]));
  const cwd = scratchFolder({ ...files, "short/pod.yaml": privilegedPod("pod") });
  const start = performance.now();
  const short = await onTerminal(context, 80, ["scan", "short", "--format", "json", "--output", "out.json"], cwd);
  // On a busy machine even this can take longer than people should be left without a word.
  if (performance.now() - start < 500 || short === "") expect(short).toBe("");
  else expect(short.endsWith(CLEAR_LINE), "nothing of it is left").toBe(true);
  const long = await onTerminal(context, 80, ["scan", "framework", "nsa", "in", "--format", "json", "--output", "out.json"], cwd);
  expect(long).toContain(CLEAR_LINE);
  expect(long.endsWith(CLEAR_LINE), "nothing of it is left").toBe(true);
  expect(long).toMatch(/\d/u);
  const quiet = await onTerminal(
    context,
    80,
    ["scan", "framework", "nsa", "in", "--quiet", "--format", "json", "--output", "out.json"],
    cwd,
  );
  expect(quiet).toBe("");
});
