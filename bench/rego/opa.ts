import { execFileSync, spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fromJson, type RegoValue } from "@holdfast/rego";
import type { RuleLoad, Samples } from "./rule-load.ts";

/** The program that evaluates rules with OPA as a library; null where it has not been built. */
export function opaProgram(root: string): string | null {
  const folder = execFileSync(path.join(root, "tools/install-peers"), ["--where"], { encoding: "utf8" }).trim();
  const file = path.join(folder, "opa-eval");
  return existsSync(file) ? file : null;
}

/** OPA in a process of its own, which evaluates rules when it is asked, and waits otherwise. */
export class OpaProcess {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;
  private readonly work: string;
  /** OPA's version and that of Go. */
  readonly title: string;

  private constructor(process: ChildProcessByStdio<Writable, Readable, null>, lines: AsyncIterator<string>, work: string, title: string) {
    this.process = process;
    this.lines = lines;
    this.work = work;
    this.title = title;
  }

  /** Starts it for some rules. The documents are handed over in files of the work folder. An evaluation that takes `longest` milliseconds is ended. */
  static async start(program: string, loads: readonly RuleLoad[], data: unknown, work: string, longest: number = 0): Promise<OpaProcess> {
    // Rules that are given the same input share its file, and OPA parses it once.
    const inputFiles = new Map<string, string>();
    for (const { inputText } of loads) {
      if (inputFiles.has(inputText)) continue;
      const file = path.join(work, `input-${inputFiles.size}.json`);
      writeFileSync(file, inputText);
      inputFiles.set(inputText, file);
    }
    const rules = loads.map(({ name, modules, rule, inputText }) => ({
      name,
      input: inputFiles.get(inputText),
      query: `data.${rule.join(".")}`,
      modules: modules.map(({ file, source }) => ({ file, text: source })),
    }));
    const jobFile = path.join(work, "opa-job.json");
    writeFileSync(jobFile, JSON.stringify({ data, longest, rules }));
    const child = spawn(program, [jobFile], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { version, go } = (await nextLine(lines)) as { readonly version: string; readonly go: string };
    return new OpaProcess(child, lines, work, `OPA ${version}, ${go}`);
  }

  /** Evaluates a rule so often. */
  async run(rule: string, iterations: number): Promise<Samples> {
    return (await this.ask(`run ${rule} ${iterations}`)) as Samples;
  }

  /** What the last evaluation of a rule gave: its items, where it is a list or a set, else the value alone. */
  async findings(rule: string): Promise<readonly RegoValue[]> {
    const file = path.join(this.work, "opa-findings.json");
    await this.ask(`findings ${rule} ${file}`);
    const found = fromJson(readFileSync(file, "utf8"));
    return Array.isArray(found) ? (found as readonly RegoValue[]) : [found];
  }

  end(): void {
    this.process.stdin.end();
  }

  private ask(line: string): Promise<unknown> {
    this.process.stdin.write(`${line}\n`);
    return nextLine(this.lines);
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<unknown> {
  const next = await lines.next();
  if (next.done === true) throw new Error("OPA ended before it answered");
  return JSON.parse(next.value) as unknown;
}
