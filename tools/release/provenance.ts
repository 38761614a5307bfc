import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

export interface BuildFacts {
  readonly version: string;
  readonly commit: string;
  /** RFC 3339. */
  readonly commitTime: string;
  readonly node: string;
  readonly isDry: boolean;
}

/** How the artefacts were made, as an in-toto statement with SLSA provenance: https://slsa.dev/spec/v1.0/provenance. The checksums that are signed cover it. */
export function provenance(folder: string, artefacts: readonly string[], { version, commit, commitTime, node, isDry }: BuildFacts): string {
  const digest = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(path.join(folder, name)))
      .digest("hex");
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: artefacts.map((name) => ({ name, digest: { sha256: digest(name) } })),
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: "https://holdfast.dev/release/v1",
        externalParameters: { version, dryRun: isDry },
        internalParameters: { node },
        resolvedDependencies: [
          { name: "source", digest: { gitCommit: commit } },
          { name: "package-lock.json", digest: { sha256: createHash("sha256").update(readFileSync("package-lock.json")).digest("hex") } },
        ],
      },
      runDetails: {
        builder: { id: "https://holdfast.dev/release/npm-run-release" },
        metadata: { invocationId: commit, startedOn: commitTime },
      },
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}
