import { expect, test } from "vitest";
import { fromKubescape } from "./from-kubescape.ts";

const words = (line: string): readonly string[] => line.split(" ");

test.each([
  ["scan framework nsa deploy/ --exclude-controls C-0057", "scan framework nsa deploy/ --exclude-control C-0057"],
  ["scan . --exclude-controls=C-0057 --fail-coverage-below 90", "scan . --exclude-control C-0057 --coverage-threshold 90"],
  ["-l debug --cache-dir x scan .", "scan ."],
  ["scan . --format pretty-printer,sarif -o out", "scan . --format pretty,sarif -o out"],
  ["scan . -f json", "scan . --format json"],
  ["scan --kube-context prod -e kube-system,dev", "scan --cluster=prod --exclude-namespaces kube-system,dev"],
  ["scan --host-scan=false --keep-local .", "scan --keep-local ."],
  ["scan . --print-attack-tree", "scan . --view=attack"],
  ["scan --dry-run", "scan --preflight"],
  ["fix report.json --no-confirm --skip-user-values", "fix report.json --yes"],
  ["list exceptions", "exceptions list"],
  ["config delete framework", "config unset framework"],
  ["prerequisites", "scan --preflight"],
])("%s", (theirs, ours) => {
  expect(fromKubescape(words(theirs))).toEqual(words(ours));
});

test.each([
  "scan deploy/ --severity-threshold high --output -l",
  "scan -- --kube-context --dry-run",
  "fix deploy/ --dry-run",
  "rego eval --format json data.x -t 5",
  "report result.json -f json",
  "version",
  "",
])("%s stays", (line) => {
  expect(fromKubescape(words(line))).toEqual(words(line));
});

test.each([
  ["scan . -t 50", /--compliance-threshold/u],
  ["scan image nginx:1.27", /images/u],
  ["scan --account x", /accounts/u],
  ["patch -i nginx", /images/u],
  ["update", /npm install/u],
  ["scan . -l app=shop", /--selector/u],
  ["scan . --min-severity=high", /--severity-threshold/u],
])("%s is refused with what to use instead", (line, remedy) => {
  expect(() => fromKubescape(words(line))).toThrow(remedy);
});
