// Loaded only where --custom-rules is given.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { readCustomRule, type CustomRule, type CustomRules, type LibraryFault, type LibraryFile } from "@holdfast/posture";
import type { Library } from "@holdfast/core";
import type { RegoValue } from "@holdfast/rego";
import { annotationsInSandbox, evaluateInSandbox, type SandboxLimits } from "@holdfast/rego/sandbox";
import type { CustomRuleOptions } from "./scan-configuration.ts";
import { UsageError } from "./usage-error.ts";

const DENY = ["armo_builtins", "deny"];
const MEBIBYTE = 1_048_576;
/** No rule that people write is as long. */
const LONGEST = MEBIBYTE;

/** The files that a path stands for: itself, or all `.rego` files below it, tests of rules left out. Sorted. */
function regoFiles(named: string, workingFolder: string): readonly string[] {
  const whole = path.resolve(workingFolder, named);
  if (!statSync(whole).isDirectory()) return [named];
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".rego") && !entry.name.endsWith("_test.rego"))
    .map((entry) => path.join(named, path.relative(whole, path.join(entry.parentPath, entry.name))))
    .toSorted();
}

function readFiles(options: CustomRuleOptions, workingFolder: string, faults: LibraryFault[]): readonly LibraryFile[] {
  return options.paths.flatMap((named) => {
    try {
      const files = regoFiles(named, workingFolder);
      if (files.length === 0) faults.push({ file: named, line: null, message: "it holds no .rego files" });
      return files.flatMap((file) => {
        const whole = path.resolve(workingFolder, file);
        if (statSync(whole).size <= LONGEST) return [{ path: file, text: readFileSync(whole, "utf8") }];
        faults.push({ file, line: null, message: `a rule has at most ${LONGEST} bytes` });
        return [];
      });
    } catch (error) {
      faults.push({
        file: named,
        line: null,
        message: `it can't be read (${(error as NodeJS.ErrnoException).code ?? "no reason was given"})`,
      });
      return [];
    }
  });
}

/** Reads rules. What they say of themselves is a stranger's text too, so that it is read in the sandbox. */
async function readRules(options: CustomRuleOptions, workingFolder: string, limits: SandboxLimits): Promise<readonly CustomRule[]> {
  const faults: LibraryFault[] = [];
  const files = readFiles(options, workingFolder, faults);
  const modules = files.map(({ path: file, text }) => ({ file, source: text }));
  const { annotations, problem } = await annotationsInSandbox(modules, { limits });
  if (problem !== null)
    faults.push({ file: problem.file ?? "", line: null, message: `it can't be read within its limits: ${problem.message}` });
  const rules = annotations === null ? [] : files.map((file, number) => readCustomRule(file, annotations[number], faults));
  if (faults.length === 0) return rules;
  const lines = faults.map(({ file, message }) => `custom rule ${file}: ${message}`);
  throw new UsageError(`${lines.join("\nholdfast: ")}\nNothing was judged. Correct the rule or its path.`);
}

/** An id stands for one control, whatever its case. */
function refuseTwins(rules: readonly CustomRule[], library: Library): void {
  const taken = new Map(library.controls.map(({ id }) => [id.toLowerCase(), "one of Holdfast's controls"]));
  for (const { control, module } of rules) {
    const other = taken.get(control.id.toLowerCase());
    if (other !== undefined) {
      throw new UsageError(
        `custom rule ${module.file}: its id ${control.id} is that of ${other}\nGive it another one: custom: {id: …} in the METADATA of its package.`,
      );
    }
    taken.set(control.id.toLowerCase(), module.file);
  }
}

/** Reads custom rules, and evaluates them in a sandbox. Throws `UsageError` for files that can't be read and metadata that can't be understood. */
export async function loadCustomRules(options: CustomRuleOptions, library: Library, workingFolder: string): Promise<CustomRules> {
  const limits = { wallMs: options.timeoutSeconds * 1000, memoryBytes: options.memoryMebibytes * MEBIBYTE };
  const rules = await readRules(options, workingFolder, limits);
  refuseTwins(rules, library);
  return {
    rules,
    evaluate: async (requests, objects, data) => {
      const jobs = requests.map(({ rule, places }) => ({
        name: rule.control.id,
        modules: [rule.module],
        rule: DENY,
        elements: places,
        over: "derive" as const,
      }));
      const outcomes = await evaluateInSandbox(jobs, { input: objects as unknown as RegoValue, data, limits });
      return outcomes.map(({ results, problem, diagnostics }) => ({
        values: results.map(({ element, value }) => ({ place: element, value })),
        problem,
        usable: problem?.code !== "rule_missing" && !diagnostics.some(({ severity }) => severity === "error"),
      }));
    },
  };
}
