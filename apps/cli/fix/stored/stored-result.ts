import { existsSync } from "node:fs";
import path from "node:path";
import { readResult } from "@holdfast/report";
import { isGitUrl } from "../../git/git-url.ts";
import { UsageError } from "../../usage-error.ts";
import { fixedFinding } from "../fix-report.ts";
import { staleFinding, type StoredFindings } from "./define.ts";

/**
 * The open findings of a result of Holdfast's. They are found again by their fingerprints, so that an edit is always made for the text that the file has now, whatever
 * became of it since. Throws `UsageError`.
 */
export function storedResult(text: string, file: string, workingFolder: string): StoredFindings {
  const stored = readResult(text);
  if ("problem" in stored) throw new UsageError(`${file}: ${stored.problem}`);
  const { result } = stored;
  const paths = result.inputs.roots.filter((root) => root !== "-" && !isGitUrl(root) && existsSync(path.resolve(workingFolder, root)));
  if (paths.length === 0)
    throw new UsageError(
      `${file}: none of what it is about is here: ${result.inputs.roots.join(", ") || "it scanned no files"}\nRun \`holdfast fix\` in the folder that the scan ran in.`,
    );
  const open = result.findings.filter(({ status }) => status === "open");
  const fingerprints = new Set(open.map(({ fingerprint }) => fingerprint));
  return {
    paths,
    has: (_result, { fingerprint }) => fingerprints.has(fingerprint),
    valueFor: () => undefined,
    stale: ({ findings }, known) => {
      const found = new Set(findings.map(({ fingerprint }) => fingerprint));
      return open.flatMap((finding) =>
        found.has(finding.fingerprint) ? [] : [staleFinding(fixedFinding(result, finding), known.has(finding.control))],
      );
    },
  };
}
