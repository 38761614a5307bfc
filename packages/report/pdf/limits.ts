import type { Problem, Result } from "@holdfast/core";
import { notReadFacts } from "../document-facts.ts";
import { countText } from "../pretty/count-text.ts";
import { skipReasons } from "../pretty/not-judged-lines.ts";
import { percentText } from "../pretty/percent.ts";
import { EFFECTS } from "../pretty/problem-lines.ts";
import { reachText } from "../pretty/score-lines.ts";
import { COLORS, type Paper } from "./paper.ts";
import { paperPlace } from "./paper-text.ts";

const OF_A_CODE = 20;
const ORDER: readonly Problem["effect"][] = ["lost", "partial", "degraded"];

function placeOf({ file, line, column, subject }: Problem): string {
  if (file === undefined) return subject;
  return paperPlace({ file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) });
}

function problems(paper: Paper, { problems }: Result): void {
  paper.heading(2, "Problems");
  if (problems.length === 0) {
    paper.paragraph("There were none: all that was given could be read and evaluated.");
    return;
  }
  const lost = problems.filter(({ effect }) => effect === "lost").length;
  paper.paragraph(
    lost > 0 ? `${countText(lost, "loss", "losses")}: what is named here was not judged.` : "None of them kept anything from being judged.",
  );
  const groups = [...Map.groupBy(problems, ({ code, effect }) => `${ORDER.indexOf(effect)} ${code}`)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  for (const [, list] of groups) {
    const [first] = list;
    if (first === undefined) continue;
    paper.heading(3, `${first.code}: ${EFFECTS[first.effect]}, ${countText(list.length, "time")}`);
    paper.table(
      [
        { title: "Place", share: 0.4 },
        { title: "Cause", share: 0.6 },
      ],
      list.slice(0, OF_A_CODE).map((problem) => {
        const beside = problem.file === undefined || problem.subject === problem.file ? "" : `${problem.subject}: `;
        return [[{ text: placeOf(problem), font: "mono" as const, size: 8 }], `${beside}${problem.cause}`];
      }),
    );
    if (list.length > OF_A_CODE)
      paper.paragraph(`and ${countText(list.length - OF_A_CODE, "more place")}; the result as JSON names each.`, { color: COLORS.muted });
    paper.paragraph(`To do: ${first.remedy}`);
  }
}

function notRead(paper: Paper, result: Result): void {
  const facts = notReadFacts(result);
  if (facts.length === 0) return;
  paper.heading(2, "Not read");
  paper.table(
    [
      { title: "What", share: 0.45 },
      { title: "Why", share: 0.55 },
    ],
    facts,
  );
}

function notJudged(paper: Paper, { controls, inputs }: Result): void {
  paper.heading(2, "Not judged");
  if (inputs.account.resources === 0) paper.paragraph("No Kubernetes objects were given, so no control could be judged.");
  const errored = controls.filter(({ status, counts }) => status === "errored" || counts.errored > 0).map(({ id }) => id);
  const rows = [
    ...(errored.length === 0 ? [] : [{ text: "evaluation failed, see the problems", providedBy: undefined, ids: errored }]),
    ...skipReasons(controls, false).map(({ text, providedBy, controls }) => ({ text, providedBy, ids: [...controls] })),
  ];
  if (rows.length === 0) {
    if (inputs.account.resources > 0) paper.paragraph("Every control that was selected was judged.");
    return;
  }
  paper.table(
    [
      { title: "Why, and who provides what is missing", share: 0.42 },
      { title: "Controls", share: 0.58 },
    ],
    rows.map(({ text, providedBy, ids }) => [
      [{ text }, ...(providedBy === undefined ? [] : [{ text: `from ${providedBy}`, size: 8, color: COLORS.muted }])],
      [{ text: countText(ids.length, "control") }, ...chunks(ids).map((text) => ({ text, font: "mono" as const, size: 7.5 }))],
    ]),
  );
}

/** Ids in texts that are not so long that they would be cut. */
function chunks(ids: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let from = 0; from < ids.length; from += 60) found.push(ids.slice(from, from + 60).join(", "));
  return found;
}

/** How much the scores say: coverage and reach, what was lost and what was not judged, each with why. */
export function limitsSection(paper: Paper, result: Result): void {
  const { coverage, reach } = result.summary;
  paper.heading(1, "Coverage and limits");
  paper.facts([
    ["Coverage", percentText(coverage)],
    ["Reach", reachText(reach)],
  ]);
  problems(paper, result);
  notRead(paper, result);
  notJudged(paper, result);
  const unseen = result.frameworks.flatMap(({ name, sections }) =>
    sections.filter(({ notShown }) => notShown !== undefined).map((section) => ({ name, ...section })),
  );
  if (unseen.length === 0) return;
  paper.heading(2, "What no scanner can show");
  paper.table(
    [
      { title: "Section", share: 0.35 },
      { title: "Not shown", share: 0.65 },
    ],
    unseen.map(({ name, id, title, notShown }) => [
      [{ text: `${id} ${title}` }, { text: name, size: 8, color: COLORS.muted }],
      notShown ?? "",
    ]),
  );
}
