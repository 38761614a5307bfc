// Loaded only where --custom-rules is given.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import {
  belongsToForm,
  isRuleFolder,
  readCustomRule,
  readRuleFolder,
  rulesOfFolder,
  type CustomRule,
  type CustomRules,
  type LibraryFault,
  type LibraryFile,
  type RuleFolder,
} from "@holdfast/posture";
import type { Control, Library } from "@holdfast/core";
import { annotationsInSandbox } from "@holdfast/rego/sandbox";
import { whyUnread } from "./file-reason.ts";
import { evaluatorInSandbox, sandboxLimits } from "./evaluate-strangers-rules.ts";
import { faultText } from "./fault-text.ts";
import { loadLibraryFiles } from "./load-library.ts";
import type { CustomRuleOptions } from "./scan-options/policies.ts";
import { UsageError } from "./usage-error.ts";

/** No rule that people write is as long. */
const LONGEST = 1_048_576;

/** What the paths of --custom-rules hold: rules on their own, and folders in the form of the library. */
interface NamedRules {
  readonly files: readonly LibraryFile[];
  readonly folders: readonly RuleFolder[];
}

function readOne(file: string, shown: string, faults: LibraryFault[]): readonly LibraryFile[] {
  const tooLong = statSync(file).size > LONGEST;
  const text = tooLong ? "" : readFileSync(file, "utf8");
  if (/^(?!\s*(?:#|$))/mu.test(text)) return [{ path: shown, text }];
  faults.push({ file: shown, line: null, message: tooLong ? `a rule has at most ${LONGEST} bytes` : "there is no rule in it" });
  return [];
}

/** Reads a folder: in the form of the library where it has pages or folders of rules, and all other `.rego` files as rules on their own, tests of rules left out. */
function readFolder(named: string, whole: string, faults: LibraryFault[]): NamedRules {
  const paths = readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:rego|md)$/u.test(entry.name) && !entry.name.endsWith("_test.rego"))
    .map((entry) => path.relative(whole, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .toSorted();
  const inForm = isRuleFolder(paths) ? paths.filter(belongsToForm) : [];
  const alone = paths.filter((one) => one.endsWith(".rego") && !inForm.includes(one));
  if (inForm.length === 0 && alone.length === 0) faults.push({ file: named, line: null, message: "it holds no .rego files" });
  const folder: RuleFolder = {
    name: named.replace(/\/+$/u, ""),
    files: inForm.flatMap((one) => readOne(path.join(whole, one), one, faults)),
  };
  return {
    files: alone.flatMap((one) => readOne(path.join(whole, one), path.join(named, one), faults)),
    folders: inForm.length === 0 ? [] : [folder],
  };
}

function readPaths(options: CustomRuleOptions, workingFolder: string, faults: LibraryFault[]): NamedRules {
  const read = options.paths.map((named): NamedRules => {
    try {
      const whole = path.resolve(workingFolder, named);
      return statSync(whole).isDirectory() ? readFolder(named, whole, faults) : { files: readOne(whole, named, faults), folders: [] };
    } catch (error) {
      faults.push({ file: named, line: null, message: whyUnread(error) });
      return { files: [], folders: [] };
    }
  });
  return { files: read.flatMap(({ files }) => files), folders: read.flatMap(({ folders }) => folders) };
}

/** The controls of custom rules, with the file that each is from. */
interface ReadRules {
  readonly controls: readonly { readonly control: Control; readonly file: string }[];
  readonly rules: readonly CustomRule[];
}

/** Reads rules. What they say of themselves is a stranger's text too, so that it is read in the sandbox. */
async function readRules(options: CustomRuleOptions, library: Library, workingFolder: string): Promise<ReadRules> {
  const faults: LibraryFault[] = [];
  const { files, folders } = readPaths(options, workingFolder, faults);
  const speaking = [
    ...files,
    ...folders.flatMap((folder) => rulesOfFolder(folder).map((file) => ({ ...file, path: `${folder.name}/${file.path}` }))),
  ];
  const modules = speaking.map(({ path: file, text }) => ({ file, source: text }));
  const { annotations, problem } = await annotationsInSandbox(modules, { limits: sandboxLimits(options) });
  if (problem !== null)
    faults.push({ file: problem.file ?? "", line: null, message: `it can't be read within its limits: ${problem.message}` });
  const said = [...(annotations ?? [])];
  const alone = annotations === null ? [] : files.map((file) => ({ file: file.path, ...readCustomRule(file, said.shift(), faults) }));
  const shared = folders.length === 0 ? [] : (await loadLibraryFiles()).filter((file) => file.path.startsWith("lib/"));
  const inForm = (annotations === null ? [] : folders).map((folder) => ({
    name: folder.name,
    ...readRuleFolder(folder, said.splice(0, rulesOfFolder(folder).length), { library, shared }, faults),
  }));
  if (faults.length > 0) {
    const lines = faults.map((fault) => `custom rule ${faultText(fault)}`);
    throw new UsageError(`${lines.join("\nholdfast: ")}\nNothing was judged. Correct the rule or its path.`);
  }
  return {
    controls: [
      ...alone.map(({ control, file }) => ({ control, file })),
      ...inForm.flatMap(({ controls, name }) => controls.map((control) => ({ control, file: name }))),
    ],
    rules: [...alone.map(({ rule }) => rule), ...inForm.flatMap(({ rules }) => rules)],
  };
}

/** An id stands for one control, whatever its case; a name for one rule. */
function refuseTwins({ controls, rules }: ReadRules, library: Library): void {
  const taken = new Map(library.controls.map(({ id }) => [id.toLowerCase(), "one of Holdfast's controls"]));
  for (const { control, file } of controls) {
    const other = taken.get(control.id.toLowerCase());
    if (other !== undefined) {
      throw new UsageError(
        `custom rule ${file}: its id ${control.id} is that of ${other}\nGive it another one: custom: {id: …} in the METADATA of its package, or id in the control's page.`,
      );
    }
    taken.set(control.id.toLowerCase(), file);
  }
  const names = new Map<string, string>();
  for (const { description, modules } of rules) {
    const file = modules[0]?.file ?? "";
    const other = names.get(description.name);
    if (other !== undefined)
      throw new UsageError(`custom rule ${file}: its name ${description.name} is that of ${other}\nRename its folder.`);
    names.set(description.name, file);
  }
}

/** Reads custom rules, and evaluates them in a sandbox. Throws `UsageError` for files that can't be read and metadata that can't be understood. */
export async function loadCustomRules(options: CustomRuleOptions, library: Library, workingFolder: string): Promise<CustomRules> {
  const read = await readRules(options, library, workingFolder);
  refuseTwins(read, library);
  return { controls: read.controls.map(({ control }) => control), rules: read.rules, evaluate: evaluatorInSandbox(options) };
}
