import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { sharedFolder } from "../shared-folder.ts";

/** Where a person must edit for one finding; the README beside this says what that means. Lines count from 1. */
export interface ExpectedFinding {
  readonly control: string;
  /** `Kind/name`, or `Kind/namespace/name` where the name isn't enough. */
  readonly object: string;
  /** The path that the finding is about; null for a finding about an object as a whole. */
  readonly path: string | null;
  /** Relative to the base of its input, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  /** The first and last line of the block in which a location would still be of use. */
  readonly block: readonly [first: number, last: number];
  /** The path of the value as `--set` would take it, or the name of the variable, that gives the field its text; null where nothing does. */
  readonly feeds: string | null;
  readonly why: string;
}

/** A chart, overlay or tree, how it is to be rendered, and the findings whose lines are known. */
export interface ExpectedInput {
  /** The name of the file in `expected/`, without its extension. */
  readonly name: string;
  /** `own` for what is in `inputs/`, `shared` for the corpora that are no part of the repository. */
  readonly root: "own" | "shared";
  /** The folder that paths are relative to; null where the corpora aren't at hand. */
  readonly base: string | null;
  /** The folder to scan, relative to the base. */
  readonly input: string;
  readonly loader: "helm" | "kustomize" | "flux";
  readonly options: {
    readonly releaseName: string | null;
    readonly namespace: string | null;
    /** Values files, relative to the input, in the order of `--values`. */
    readonly values: readonly string[];
    /** What `--set` is given, one assignment each. */
    readonly set: readonly string[];
  };
  readonly findings: readonly ExpectedFinding[];
}

type WithoutAbsent<Value, Optional extends keyof Value> = Omit<Value, Optional> & {
  readonly [Key in Optional]?: Exclude<Value[Key], null>;
};

/** A file of `expected/` as it is written: what is null here is left out there. */
interface ExpectedFile {
  readonly root: ExpectedInput["root"];
  readonly input: string;
  readonly loader: ExpectedInput["loader"];
  readonly options?: Partial<WithoutAbsent<ExpectedInput["options"], "releaseName" | "namespace">>;
  readonly findings: readonly WithoutAbsent<ExpectedFinding, "path" | "column" | "feeds">[];
}

const folder = path.join(import.meta.dirname, "expected");
const bases = { own: path.join(import.meta.dirname, "inputs"), shared: sharedFolder };

/** Everything in `expected/`, in the order of the files' names. Throws where a file isn't YAML. */
export function expectedInputs(): readonly ExpectedInput[] {
  return readdirSync(folder)
    .toSorted()
    .map((file) => {
      const { root, input, loader, options = {}, findings } = load(readFileSync(path.join(folder, file), "utf8")) as ExpectedFile;
      return {
        name: path.basename(file, ".yaml"),
        root,
        base: bases[root],
        input,
        loader,
        options: {
          releaseName: options.releaseName ?? null,
          namespace: options.namespace ?? null,
          values: options.values ?? [],
          set: options.set ?? [],
        },
        findings: findings.map((finding) => ({
          ...finding,
          path: finding.path ?? null,
          column: finding.column ?? null,
          feeds: finding.feeds ?? null,
        })),
      };
    });
}
