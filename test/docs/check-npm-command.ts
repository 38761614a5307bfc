// Stands in for npm where documents are tested: ends with 0 when the workspace (HOLDFAST_ROOT) has the script that is asked for, and the paths that are given to tests.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = process.env["HOLDFAST_ROOT"] ?? "";
const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** What is wrong with a command line of npm; null when nothing is. */
function fault([command = "", ...rest]: string[]): string | null {
  if (command === "ci" || command === "pack") return null;
  const script = command === "run" ? rest.shift() : command;
  if (script === undefined || scripts[script] === undefined) return `npm ${command} ${script}: there is no such script`;
  const paths = script === "test" ? rest.filter((each) => !each.startsWith("-")) : [];
  const missing = paths.filter((each) => !existsSync(path.join(root, each)));
  return missing.length === 0 ? null : `npm ${command}: there is no ${missing.join(", ")}`;
}

const message = fault(process.argv.slice(2));
if (message !== null) console.error(message);
process.exitCode = message === null ? 0 : 1;
