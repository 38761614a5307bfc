import type { AttackStep, AttackTrack } from "@holdfast/core";
import { load } from "js-yaml";
import { FieldReader, type LibraryFault, type LibraryFile } from "./library-fault.ts";

// No attack that anyone describes is so long; a step that names itself through an alias would have no end.
const DEEPEST = 20;

/** All steps of a track, each before those that come next. */
export function stepsOf({ start }: AttackTrack): readonly AttackStep[] {
  const below = (step: AttackStep): readonly AttackStep[] => [step, ...step.next.flatMap(below)];
  return below(start);
}

function readStep(value: unknown, file: string, faults: LibraryFault[], depth: number): AttackStep {
  const fields = new FieldReader(value, file, faults);
  const name = fields.text("name");
  const checks = fields.raw("checksVulnerabilities");
  if (checks !== undefined && typeof checks !== "boolean") fields.fault("checksVulnerabilities: expected true or false");
  const next = fields.list("next");
  if (depth === DEEPEST && next.length > 0) fields.fault(`next: more than ${DEEPEST} steps behind each other`);
  const steps = depth === DEEPEST ? [] : next.map((one) => readStep(one, file, faults, depth + 1));
  fields.refuseOthers();
  return { name, checksVulnerabilities: checks === true, next: steps };
}

/** Reads `library/attack-tracks.yaml`: a list of tracks, sorted by name whatever their order in the file. */
export function readAttackTracks(file: LibraryFile, faults: LibraryFault[]): readonly AttackTrack[] {
  const list = load(file.text);
  if (!Array.isArray(list)) {
    faults.push({ file: file.path, line: 1, message: "expected a list of attack tracks" });
    return [];
  }
  const tracks = list.map((value: unknown): AttackTrack => {
    const fields = new FieldReader(value, file.path, faults);
    const track = { name: fields.text("name"), start: readStep(fields.raw("start"), file.path, faults, 1) };
    fields.refuseOthers();
    return track;
  });
  const seen = new Set<string>();
  for (const track of tracks) {
    if (seen.has(track.name)) faults.push({ file: file.path, line: null, message: `the attack track ${track.name} is there twice` });
    seen.add(track.name);
    const names = stepsOf(track).map(({ name }) => name);
    for (const twice of new Set(names.filter((name, place) => names.indexOf(name) !== place)))
      faults.push({ file: file.path, line: null, message: `the attack track ${track.name} has two steps called ${twice}` });
  }
  return tracks.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
