import type { Problem, Result } from "@holdfast/core";
import { acceptedText, exceptionState, notReadFacts } from "../document-facts.ts";
import { countText } from "../pretty/count-text.ts";
import { skipReasons } from "../pretty/not-judged-lines.ts";
import { placeText } from "../pretty/place-text.ts";
import { EFFECTS } from "../pretty/problem-lines.ts";
import { numbers, tableFrame } from "./table-frame.ts";
import { html, type Content, type Markup } from "./markup.ts";

/** The exceptions, each with its reason, its end, what became of it and what it accepts. */
export function acceptedSection(result: Result): Markup {
  const { exceptions } = result;
  const rows = exceptions.map((exception) => {
    const { id, reason, file, line, expires, accepts, scope, author, detail } = exception;
    const place =
      file === undefined ? null : html`<code class="place">${placeText({ file, ...(line === undefined ? {} : { line }) })}</code>`;
    const about = [scope, author === undefined ? undefined : `by ${author}`].filter((text) => text !== undefined);
    return html`<tr>
      <th scope="row">${id}${about.map((text) => html`<span class="muted">${text}</span>`)}${place}</th>
      <td>${reason === "" ? html`<span class="muted">no reason is given</span>` : reason}</td>
      <td>${expires ?? html`<span class="muted">never</span>`}</td>
      <td>${exceptionState(exception)}${detail === undefined ? null : html`<span class="muted">${detail}</span>`}</td>
      <td class="number">${accepts}</td>
    </tr> `;
  });
  const inner =
    exceptions.length === 0
      ? html`<p class="muted">No exceptions were given: nothing is accepted.</p>`
      : html`<p>${acceptedText(result)}</p>
          ${tableFrame("Exceptions", ["Exception", "Reason", "Expires", "Outcome", numbers("Findings")], rows)}`;
  return html`<section id="accepted" aria-labelledby="accepted-title">
    <h2 id="accepted-title">Accepted risks</h2>
    ${inner}
  </section> `;
}

function notRead(result: Result): Markup | null {
  const facts = notReadFacts(result);
  if (facts.length === 0) return null;
  return html`<h3>Not read</h3>
    <ul class="bullets">
      ${facts.map(([what, why]) => html`<li><strong>${what}</strong>: ${why}</li>`)}
    </ul>`;
}

const ORDER: readonly Problem["effect"][] = ["lost", "partial", "degraded"];

function placeOf({ file, line, column, subject }: Problem): string {
  if (file === undefined) return subject;
  return placeText({ file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) });
}

function problemGroup(code: string, problems: readonly Problem[]): Content {
  const [first] = problems;
  if (first === undefined) return null;
  const items = problems.map((problem) => {
    const beside = problem.file === undefined || problem.subject === problem.file ? "" : `${problem.subject}: `;
    return html`<li><code class="place">${placeOf(problem)}</code> ${beside}${problem.cause}</li>`;
  });
  return html`<details${problems.length <= 10 ? html` open` : null}><summary><span class="badge effect-${first.effect}">${EFFECTS[first.effect]}</span> ${code} <span class="muted">${countText(problems.length, "time")}</span></summary>
<ul>${items}</ul><p><strong>To do:</strong> ${first.remedy}</p></details>\n`;
}

function problemList({ problems }: Result): Markup {
  if (problems.length === 0) return html`<p class="muted">No problems: all that was given could be read and evaluated.</p>`;
  const groups = [...Map.groupBy(problems, ({ code, effect }) => `${ORDER.indexOf(effect)} ${code}`)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const lost = problems.filter(({ effect }) => effect === "lost").length;
  const head =
    lost > 0 ? `${countText(lost, "loss", "losses")}: what is named here was not judged.` : "None of them kept anything from being judged.";
  return html`<p>${head}</p>
    ${groups.map(([, list]) => problemGroup(list[0]?.code ?? "", list))}`;
}

function notJudged({ controls, inputs }: Result): Markup {
  const errored = controls.filter(({ status, counts }) => status === "errored" || counts.errored > 0);
  const reasons = skipReasons(controls, false);
  const none =
    inputs.account.resources === 0 ? html`<p class="warning">No Kubernetes objects were given, so no control could be judged.</p>` : null;
  if (errored.length + reasons.length === 0) return none ?? html`<p class="muted">Every control that was selected was judged.</p>`;
  const failed =
    errored.length === 0
      ? null
      : html`<tr>
          <th scope="row">evaluation failed, see the problems</th>
          <td>${errored.map(({ id }) => html`<span class="id">${id}</span> `)}</td>
        </tr>`;
  const rows = reasons.map(
    ({ text, providedBy, controls }) =>
      html`<tr>
        <th scope="row">${text}${providedBy === undefined ? null : html`<span class="muted">from ${providedBy}</span>`}</th>
        <td>
          ${controls.size === 1 ? "" : html`${countText(controls.size, "control")}: `}${[...controls].map((id) => html`<span class="id">${id}</span> `)}
        </td>
      </tr> `,
  );
  return html`${none} ${tableFrame("What was not judged", ["Why", "Controls"], [failed, rows])}`;
}

/** What was lost and what could not be judged, each with why. */
export function limitsSection(result: Result): Markup {
  return html`<section id="limits" aria-labelledby="limits-title">
    <h2 id="limits-title">Problems and what was not judged</h2>
    <h3>Problems</h3>
    ${problemList(result)}${notRead(result)}
    <h3>Not judged</h3>
    ${notJudged(result)}
  </section> `;
}
