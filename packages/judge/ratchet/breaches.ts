import { SEVERITIES, type ControlResult, type Finding, type RatchetBreach, type Result } from "@holdfast/core";
import { because, causes, counted } from "../gates/causes.ts";
import { decimalsApart, percentText } from "../gates/percent-text.ts";
import { objectSelection } from "../object-selection.ts";
import { isScoped, type BrokenFact } from "./check-facts.ts";
import { DEFAULTS, EVERYTHING, OBJECTS, PARAMETERS, SELECTION, wordsOf, wordText } from "./lock-fact.ts";

type Ungated = Omit<Result, "gates">;

const SCORE_NAMES: Readonly<Record<string, string>> = {
  compliance: "compliance",
  "strict-compliance": "strict compliance",
  coverage: "coverage",
};

/** The facts of a control that say the same from the side: only the first of them that broke is told. */
const CONTROL_FACTS: readonly string[] = ["judged", "findings", "compliance", "strict-compliance"];

/** Tells one broken fact after the other, with what the result says about it. */
export class BreachTeller {
  readonly #result: Ungated;
  readonly #changed: readonly string[];
  readonly #controls: ReadonlyMap<string, ControlResult>;
  /** Controls that are worse than they were: they are why means fell. */
  readonly #worse = new Set<string>();
  #less = false;

  constructor(result: Ungated, changed: readonly string[]) {
    this.#result = result;
    this.#changed = changed;
    this.#controls = new Map(result.controls.map((control) => [`control ${wordText(control.id)}`, control]));
  }

  /** The breaches: what is looked at less first (inputs and frameworks, then controls that are gone come last, since these follow from those), the worst first. */
  tell(broken: readonly BrokenFact[]): readonly RatchetBreach[] {
    for (const { locked, now } of broken) {
      if (isLess(locked, now)) this.#less = true;
      const control = this.#controls.get(locked.subject);
      if (control !== undefined) this.#worse.add(control.id);
    }
    const ranked: { readonly rank: readonly number[]; readonly breach: RatchetBreach }[] = [];
    const bySubject = Map.groupBy(broken, ({ locked }) => locked.subject);
    for (const [subject, facts] of bySubject) {
      for (const fact of subject.startsWith("control ")
        ? firstOf(facts)
        : subject.startsWith("framework ") || subject === "scan"
          ? means(facts)
          : facts) {
        ranked.push({ rank: this.#rank(fact), breach: this.#breach(fact) });
      }
    }
    return ranked.toSorted((a, b) => compareRanks(a.rank, b.rank)).map(({ breach }) => breach);
  }

  #rank({ locked, now }: BrokenFact): readonly number[] {
    const { subject, fact } = locked;
    const control = this.#controls.get(subject);
    const severity = control === undefined ? SEVERITIES.length : SEVERITIES.indexOf(control.severity);
    // That a kind is gone follows from what is not looked at.
    if (subject.startsWith("input kind ")) return [0, 3];
    if (subject.startsWith("input ")) return [0, 0];
    if (subject.startsWith("framework ") && now === null) return [0, 1];
    if (fact === "coverage") return [0, 2];
    if (fact === "judged" || (fact.startsWith("framework ") && !isScoped(locked))) return [2, severity];
    // Controls say more than the means that follow from them.
    return [1, subject.startsWith("control ") ? 0 : subject === "scan" ? 2 : 1, severity, fact === "findings" ? 0 : 1];
  }

  #breach(broken: BrokenFact): RatchetBreach {
    const { locked, now, floor } = broken;
    const { subject, fact } = locked;
    const less = isLess(locked, now);
    const findings = less ? [] : this.#findings(subject, fact);
    const isScore = fact in SCORE_NAMES || isScoped(locked);
    const wanted = floor ?? (isScore ? Number(locked.value) : locked.value);
    const message = less
      ? this.#lessText(broken)
      : fact === "findings"
        ? this.#zeroText(subject, findings)
        : this.#scoreText(broken, Number(wanted), findings);
    return {
      kind: less ? "less" : fact === "findings" ? "zero" : "score",
      subject,
      fact,
      wanted,
      actual: fact === "findings" ? findings.length : now === null ? null : isScore ? Number(now) : now,
      message: less ? message : `${message}; ${this.#whence()}`,
      changed: less ? [] : this.#changed,
      findings: causes(findings),
    };
  }

  #whence(): string {
    if (this.#less) return "maybe because something is looked at less";
    if (this.#changed.length === 0) return "a regression: library, renderers and exceptions are those of the floor";
    return `maybe no regression of the manifests: there is ${this.#changed.join(", and ")}`;
  }

  /** The findings behind a score, worst first; for strict compliance those that are accepted too. Behind a mean are those of the controls that are worse, if any are. */
  #findings(subject: string, fact: string): readonly Finding[] {
    const id = wordsOf(subject)?.[1];
    const framework = subject.startsWith("framework ") ? this.#result.frameworks.find((one) => one.id === id) : undefined;
    const concerned = ({ control }: Finding): boolean =>
      subject === "scan" || (framework === undefined ? control === id : framework.controls.includes(control));
    const mean = !subject.startsWith("control ") && this.#worse.size > 0;
    return this.#result.findings.filter(
      (finding) =>
        concerned(finding) && (!mean || this.#worse.has(finding.control)) && (finding.status === "open" || fact === "strict-compliance"),
    );
  }

  #nameOf(subject: string): string {
    const control = this.#controls.get(subject);
    if (subject === "scan") return "the scan";
    return control === undefined ? subject : `${subject} (${control.name})`;
  }

  #scoreText({ locked, now }: BrokenFact, wanted: number, findings: readonly Finding[]): string {
    const actual = Number(now);
    const decimals = decimalsApart(actual, wanted);
    const below = `${percentText(actual, decimals)}, ${percentText(wanted - actual, decimals)} below its floor of ${percentText(wanted, decimals)}`;
    const what = isScoped(locked)
      ? `compliance in ${locked.fact.slice(0, -" compliance".length)}`
      : (SCORE_NAMES[locked.fact] ?? locked.fact);
    return `the ${what} of ${this.#nameOf(locked.subject)} is ${below}${because(findings, this.#result)}`;
  }

  #zeroText(subject: string, findings: readonly Finding[]): string {
    return `${this.#nameOf(subject)} had no open finding and has ${findings.length}${because(findings, this.#result)}`;
  }

  #lessText({ locked, now }: BrokenFact): string {
    const { subject, fact, value } = locked;
    const words = wordsOf(subject) ?? [];
    const name = words[2] ?? "";
    if (fact === "coverage") {
      const lost = this.#result.problems
        .filter(({ effect }) => effect !== "degraded")
        .slice(0, 3)
        .map(({ code, subject: what }) => `${code} in ${what}`);
      return `looked at less: the coverage of the scan is ${now === null ? "unknown" : percentText(Number(now), 4)}, and was ${percentText(Number(value), 4)}${lost.length === 0 ? "" : `, because of ${lost.join(", ")}`}`;
    }
    if (subject === "input ignored")
      return `looked at less: ignore files leave out ${counted(Number(now ?? 0), "file or folder", "files and folders")}, and left out ${value}`;
    if (subject.startsWith("input folder ")) {
      const files = (count: string): string => (count === "0" ? "none" : counted(Number(count), "file"));
      return `looked at less: of the folder ${name} ${files(now ?? "0")} gave objects, and ${files(value)} did before${this.#lostIn(name)}`;
    }
    if (subject.startsWith("input kind ")) return `looked at less: no object of kind ${name} was judged, and some were before`;
    if (subject.startsWith(SELECTION)) {
      const before = name === EVERYTHING ? "all objects were judged" : `the objects judged were chosen by ${name}`;
      return `looked at less: ${before} before, and now only those chosen by ${objectSelection(this.#result.inputs)?.text ?? EVERYTHING}`;
    }
    if (subject.startsWith(PARAMETERS)) {
      const names = this.#result.inputs.parameters?.names.join(", ");
      return `judged by other parameters: ${names === undefined ? "all are the library's now, and were not before" : `${names} ${name === DEFAULTS ? "was" : "may have been"} different before`}`;
    }
    if (fact === OBJECTS && now !== null)
      return `looked at less: ${counted(Number(now), "object")} came out of the ${words[1] ?? "input"} ${words[3] ?? ""} (${name}), and ${value} did before`;
    if (subject.startsWith("input "))
      return `looked at less: the ${words[1] ?? "input"} ${words[3] ?? name} was covered before and is not now${words[3] === undefined ? "" : ` (${name})`}${this.#lostIn(name)}`;
    if (subject === "scan" || subject.startsWith("framework ")) return `looked at less: ${subject} was judged before and is not now`;
    if (fact.startsWith("framework ")) return `looked at less: ${this.#nameOf(subject)} counted for the ${fact} before and does not now`;
    const control = this.#controls.get(subject);
    if (now !== null) return `looked at less: ${this.#nameOf(subject)} was judged as a whole before, and only in part now`;
    return `looked at less: ${this.#nameOf(subject)} was judged before and is not now: ${whyNotJudged(control)}`;
  }

  #lostIn(place: string): string {
    const lost = this.#result.problems.find(
      ({ effect, file, subject }) => effect === "lost" && (file ?? subject).startsWith(place === "." ? "" : place),
    );
    return lost === undefined ? "" : `; ${lost.code} in ${lost.subject}: ${lost.cause}`;
  }
}

/** Whether what broke of a fact is that something is not looked at any more. */
function isLess(locked: BrokenFact["locked"], now: string | null): boolean {
  const { fact } = locked;
  if (fact === "findings") return false;
  return (fact !== "compliance" && fact !== "strict-compliance" && !isScoped(locked)) || now === null;
}

/** Of what broke of a control, what says most; that it counts for a framework, only where all else holds. */
function firstOf(facts: readonly BrokenFact[]): readonly BrokenFact[] {
  for (const name of CONTROL_FACTS) {
    const found = facts.find(({ locked }) => locked.fact === name);
    if (found !== undefined) return [found];
  }
  return facts;
}

/** Of the two scores, strict compliance only where the other one holds. */
function means(facts: readonly BrokenFact[]): readonly BrokenFact[] {
  const scores = facts.filter(({ locked }) => locked.fact === "compliance" || locked.fact === "strict-compliance");
  const told = scores.find(({ locked }) => locked.fact === "compliance") ?? scores[0];
  return facts.filter((fact) => fact === told || !scores.includes(fact));
}

function whyNotJudged(control: ControlResult | undefined): string {
  if (control === undefined) return "it was not asked for";
  if (control.counts.errored > 0) return "its evaluation failed";
  const [skip] = control.skips;
  if (skip === undefined) return "nothing of it was evaluated";
  if (skip.reason === "no-match") return `there is no object of its kinds${skip.kinds === undefined ? "" : ` (${skip.kinds.join(", ")})`}`;
  if (skip.reason === "excluded") return "it was left out";
  return [skip.reason, skip.input ?? skip.detail].filter((part) => part !== undefined).join(": ");
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [place, value] of a.entries()) {
    const difference = value - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
