import { factKey, OBJECTS, wordText, wordsOf, type Lock, type LockFact } from "./lock-fact.ts";
import { LOCK_FORM } from "./write-lock.ts";

/** What is wrong with a lock file. */
export interface LockFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** A lock that was read, with the line of each fact by its key; or all that is wrong with the file, at least one fault. */
export type ReadLock =
  | { readonly lock: Lock; readonly lines: ReadonlyMap<string, number>; readonly controls: readonly string[] }
  | { readonly faults: readonly LockFault[] };

const RESTORE = "Restore the file from version control, or make it anew with --ratchet-update after removing it.";

function isPercent(text: string): boolean {
  return /^\d+(?:\.\d+)?(?:e-\d+)?$/u.test(text) && Number(text) <= 100;
}

function isCount(text: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/u.test(text);
}

/** What each sort of line holds after its subject: the fact, and what its value may be. */
const CONTROL_VALUES: Readonly<Record<string, (value: string) => boolean>> = {
  judged: (value) => value === "whole" || value === "part",
  compliance: isPercent,
  "strict-compliance": isPercent,
  findings: (value) => value === "zero",
};

function valued(subject: string, fact: string, value: string | undefined, fits: (value: string) => boolean): LockFact | null {
  return value !== undefined && fits(value) ? { subject, fact, value } : null;
}

function controlFact([, id = "", fact = "", value, score, percent]: readonly string[]): LockFact | null {
  const subject = `control ${wordText(id)}`;
  if (score !== undefined) {
    const own = fact === "framework" && score === "compliance" && value !== undefined;
    return own ? valued(subject, `framework ${wordText(value)} compliance`, percent, isPercent) : null;
  }
  if (fact === "framework") return value === undefined ? null : { subject, fact: `framework ${wordText(value)}`, value: "" };
  return valued(subject, fact, value, CONTROL_VALUES[fact] ?? (() => false));
}

function scoreFact(subject: string, fact: string | undefined, value: string | undefined): LockFact | null {
  if (subject === "scan" && fact === "coverage") return valued(subject, fact, value, isPercent);
  if (fact !== "compliance" && fact !== "strict-compliance") return null;
  return valued(subject, fact, value, (text) => text === "mean");
}

/** Inputs that go by one name; charts, overlays and releases go by their file and their name. */
const SINGLE_NAMED: ReadonlySet<string> = new Set(["root", "kind", "cluster", "selection", "parameters", "namespace"]);

function inputFact([, what = "", name, more, objects]: readonly string[]): LockFact | null {
  if (name === undefined) return null;
  // Of what was rendered at least one object is held where no number is said.
  if (more !== undefined && what !== "folder" && !SINGLE_NAMED.has(what))
    return valued(`input ${wordText(what)} ${wordText(name)} ${wordText(more)}`, OBJECTS, objects ?? "1", isCount);
  if (objects !== undefined) return null;
  if (what === "ignored") return more === undefined ? valued("input ignored", "files", name, isCount) : null;
  const subject = `input ${wordText(what)} ${wordText(name)}`;
  if (what === "folder") return valued(subject, "files", more, isCount);
  return SINGLE_NAMED.has(what) && more === undefined ? { subject, fact: "covered", value: "" } : null;
}

function circumstance([, what = "", name, value]: readonly string[]): LockFact | null {
  if (name === undefined) return null;
  if (what === "exception") return { subject: `reached-with exception ${wordText(name)}`, fact: "covered", value: "" };
  if (value === undefined) return null;
  if (what === "holdfast" && name === "version") return { subject: "reached-with holdfast", fact: "version", value: wordText(value) };
  if (what === "library" && name === "digest") return { subject: "reached-with library", fact: "digest", value: wordText(value) };
  return null;
}

function rendererFact([, , name = "", fact, value]: readonly string[]): LockFact | null {
  return fact === "version" && value !== undefined
    ? { subject: `reached-with renderer ${wordText(name)}`, fact, value: wordText(value) }
    : null;
}

/** The number of words that a line of each sort has, and how it is read. */
function factOf(words: readonly string[]): LockFact | null {
  const [sort, second] = words;
  switch (sort) {
    case "scan":
      return words.length === 3 ? scoreFact("scan", second, words[2]) : null;
    case "framework":
      return words.length === 4 ? scoreFact(`framework ${wordText(second ?? "")}`, words[2], words[3]) : null;
    case "control":
      return words.length === 4 || words.length === 6 ? controlFact(words) : null;
    case "input":
      return words.length <= 5 ? inputFact(words) : null;
    case "reached-with":
      if (second === "renderer") return words.length === 5 ? rendererFact(words) : null;
      return words.length === (second === "exception" ? 3 : 4) ? circumstance(words) : null;
    default:
      return null;
  }
}

class Reader {
  readonly facts = new Map<string, LockFact>();
  readonly lines = new Map<string, number>();
  readonly loosened: string[] = [];
  readonly controls: string[] = [];
  readonly faults: LockFault[] = [];
  #ended = false;

  fault(line: number, message: string): void {
    this.faults.push({ line, message });
  }

  read(text: string, line: number): void {
    if (/^(?:<{7}|={7}|>{7}|\|{7})/u.test(text)) {
      this.fault(line, "it holds the marks of a merge that git could not make: keep the tighter of both sides, and remove the marks");
      return;
    }
    if (text.startsWith("#")) {
      const subject = /^# (?<subject>control \S.*) end$/u.exec(text)?.groups?.["subject"];
      if (subject !== undefined) this.controls.push(subject);
      return;
    }
    if (text.trim() === "") return;
    if (this.#ended) this.fault(line, "something stands behind the last line, so two files were put together. Keep one of them");
    const words = wordsOf(text);
    if (words !== null && words[0] === "end" && words[1] === LOCK_FORM && words.length === 2) this.#ended = true;
    else if (words !== null && words[0] === "loosened" && words.length >= 5 && words.length <= 6) this.loosened.push(text.trimEnd());
    else this.#add(words === null ? null : factOf(words), text, line);
  }

  #add(fact: LockFact | null, text: string, line: number): void {
    if (fact === null) {
      this.fault(line, `${JSON.stringify(text.slice(0, 80))} is no line of a lock file. ${RESTORE}`);
      return;
    }
    const key = factKey(fact);
    const first = this.lines.get(key);
    if (first !== undefined) {
      const same = this.facts.get(key)?.value === fact.value;
      this.fault(
        line,
        `it says ${same ? "again" : "something else than"} what line ${first} says, as after a merge. Keep the tighter one of both lines`,
      );
      return;
    }
    this.facts.set(key, fact);
    this.lines.set(key, line);
  }

  /** What no line shows by itself. */
  finish(lastLine: number): void {
    if (!this.#ended) this.fault(lastLine, `its last line, \`end ${LOCK_FORM}\`, is missing: the file was cut off. ${RESTORE}`);
    for (const [key, fact] of this.facts) {
      const line = this.lines.get(key) ?? 1;
      const framework = /^framework (?<id>"(?:[^"\\]|\\.)*"|[^\s"]+)/u.exec(fact.fact)?.groups?.["id"];
      if (framework !== undefined && !this.facts.has(`framework ${framework} compliance`)) {
        this.fault(
          line,
          `it speaks of the framework ${framework}, for which the file has no floor, as after a merge. Remove the line, or restore the framework's lines`,
        );
      }
      if (fact.subject.startsWith("control ") && !this.facts.has(`${fact.subject} judged`)) {
        this.fault(line, `nothing says that ${fact.subject} was judged. ${RESTORE}`);
      }
    }
  }
}

/** Reads a lock file. The order of its lines is of no account, so that whatever merge left it whole can be read. Never throws. */
export function readLock(text: string): ReadLock {
  const lines = text.replace(/^\uFEFF/u, "").split(/\r?\n/u);
  const first = wordsOf(lines[0] ?? "");
  if (first?.[0] !== "lock")
    return { faults: [{ line: 1, message: `it is no lock file: it does not begin with \`lock ${LOCK_FORM}\`. ${RESTORE}` }] };
  if (first[1] !== LOCK_FORM || first.length !== 2) {
    return {
      faults: [
        {
          line: 1,
          message: `it has the form ${JSON.stringify(first.slice(1).join(" "))}, and this version of Holdfast reads ${LOCK_FORM}. Use the version that wrote it`,
        },
      ],
    };
  }
  const reader = new Reader();
  for (const [index, line] of lines.entries()) if (index > 0) reader.read(line, index + 1);
  reader.finish(lines.length - (lines.at(-1) === "" ? 1 : 0));
  if (reader.faults.length > 0) return { faults: reader.faults.toSorted((a, b) => a.line - b.line) };
  return { lock: { facts: reader.facts, loosened: reader.loosened }, lines: reader.lines, controls: reader.controls };
}
