// Kubescape's released policy files: what a JSON document is, by its shape.
import type { LibraryFault, LibraryFile } from "../library/library-fault.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A part of a released file, and the file that it is from. */
export interface Artifact {
  readonly file: string;
  readonly fields: Fields;
}

/** What files hold, sorted by kind. */
export interface SortedArtifacts {
  readonly frameworks: readonly Artifact[];
  /** Those that stand alone and those within frameworks. */
  readonly controls: readonly Artifact[];
  /** Those that stand alone and those within controls. */
  readonly rules: readonly Artifact[];
  readonly parameters: readonly Artifact[];
  readonly attackTracks: readonly Artifact[];
  readonly exceptions: readonly Artifact[];
}

type Kind = keyof SortedArtifacts;

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects in a list; what is no list has none. */
export function objectsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function kindOf(fields: Fields): Kind | null {
  if (fields["policyType"] === "postureExceptionPolicy" || Array.isArray(fields["posturePolicies"])) return "exceptions";
  if (fields["kind"] === "AttackTrack") return "attackTracks";
  if (isFields(fields["settings"])) return "parameters";
  if (typeof fields["controlID"] === "string") return "controls";
  if (typeof fields["rule"] === "string") return "rules";
  if (["controls", "ControlsIDs", "controlsIDs"].some((key) => Array.isArray(fields[key]))) return "frameworks";
  return null;
}

/** Reads files of any of the kinds, alone or in an array. What is none of them is a fault. */
export function sortArtifacts(files: readonly LibraryFile[], faults: LibraryFault[]): SortedArtifacts {
  const found: Record<Kind, Artifact[]> = { frameworks: [], controls: [], rules: [], parameters: [], attackTracks: [], exceptions: [] };
  const add = (file: string, fields: Fields): void => {
    const kind = kindOf(fields);
    if (kind === null) {
      const message = "it is no framework, control, rule, exception, attack track or list of parameters as Kubescape releases them";
      faults.push({ file, line: null, message });
      return;
    }
    found[kind].push({ file, fields });
    if (kind === "frameworks")
      for (const control of objectsIn(fields["controls"])) if (control["controlID"] !== undefined) add(file, control);
    if (kind === "controls") for (const rule of objectsIn(fields["rules"])) found.rules.push({ file, fields: rule });
  };
  for (const { path, text } of files) {
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\uFEFF/u, ""));
    } catch (error) {
      const line = /line (?<line>\d+)/u.exec(error instanceof Error ? error.message : "")?.groups?.["line"];
      faults.push({ file: path, line: line === undefined ? null : Number(line), message: "it is no JSON" });
      continue;
    }
    for (const one of Array.isArray(value) ? value : [value]) {
      if (isFields(one)) add(path, one);
      else faults.push({ file: path, line: null, message: "expected an object, or a list of objects" });
    }
  }
  return found;
}
