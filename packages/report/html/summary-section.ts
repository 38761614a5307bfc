import {
  SEVERITIES,
  type Finding,
  type FrameworkResult,
  type GateOutcome,
  type Result,
  type SeverityCounts,
  type Summary,
} from "@holdfast/core";
import { comparedRows, comparisonTexts, ratchetTexts } from "../document-facts.ts";
import { countText } from "../pretty/count-text.ts";
import { percentText } from "../pretty/percent.ts";
import { reachText } from "../pretty/score-lines.ts";
import { bar, scoreBar, scoreRing, severityParts, statusParts, type BarPart } from "./charts.ts";
import { numbers, tableFrame } from "./table-frame.ts";
import { html, type Content, type Markup } from "./markup.ts";

const NAMESPACES = 8;
const STATUS_WORDS: Readonly<Record<string, string>> = { skipped: "not judged" };

function card(title: string, figure: string, note: Content, drawing: Markup | null, known: boolean): Markup {
  return html`<div class="card${known ? "" : " unknown"}">
    ${drawing}
    <div>
      <h3>${title}</h3>
      <p class="figure">${figure}</p>
      <p class="note">${note}</p>
    </div>
  </div> `;
}

function complianceNote({ compliance, strictCompliance }: Summary): string {
  if (compliance === null) return "Nothing was evaluated, so there is no score.";
  if (strictCompliance !== null && strictCompliance !== compliance) {
    return `${percentText(strictCompliance)} with accepted risks counted as failed`;
  }
  return "of what was judged passed, as a mean over controls";
}

function coverageNote({ coverage }: Summary): string {
  if (coverage === null) return "Nothing could be evaluated.";
  return coverage === 100
    ? "of what this input can answer was evaluated"
    : "of what this input can answer was evaluated; see what was not judged";
}

/** Score, coverage and reach. */
function cards({ summary }: Result): Markup {
  const { compliance, coverage, reach } = summary;
  const reachKnown = reach.total > 0;
  return html`<div class="cards">
    ${card("Compliance", percentText(compliance), complianceNote(summary), scoreRing(compliance), compliance !== null)}${card(
      "Coverage",
      percentText(coverage),
      coverageNote(summary),
      scoreRing(coverage),
      coverage !== null,
    )}${card(
      "Reach",
      reachKnown ? `${reach.answerable.toLocaleString("en-US")} of ${reach.total.toLocaleString("en-US")}` : "no data",
      reachKnown ? "controls can be answered from this kind of input" : "No control was selected.",
      scoreRing(reachKnown ? (100 * reach.answerable) / reach.total : null),
      reachKnown,
    )}
  </div> `;
}

const GATE_WORDS: Readonly<Record<GateOutcome["outcome"], string>> = { holds: "holds", breached: "breached", "no-data": "no data" };

function gates({ gates }: Result): Markup | null {
  if (gates.length === 0) return null;
  const items = gates.map(
    ({ outcome, message }) => html`<li><span class="badge gate-${outcome}">${GATE_WORDS[outcome]}</span> <span>${message}</span></li>`,
  );
  return html`<h3>Gates</h3>
    <ul class="plain">
      ${items}
    </ul>`;
}

const COMPARED = 20;

/** How the scan stands beside a baseline, and what of a lock file holds no longer. */
function changes(result: Result): Content {
  const rows = comparedRows(result);
  const left = rows.length - COMPARED;
  const list = html`<details>
    <summary>What is new, gone or can't be compared <span class="muted">${countText(rows.length, "finding")}</span></summary>
    <ul class="plain">
      ${rows
        .slice(0, COMPARED)
        .map(
          ({ status, severity, control, resource, message }) =>
            html`<li>
              <strong>${status}</strong> <span class="badge severity-${severity}">${severity}</span>
              <span class="id">${control}</span> ${resource}: ${message}
            </li>`,
        )}
    </ul>
    ${left > 0 ? html`<p class="muted">${countText(left, "more finding")}: the result as JSON has every one.</p>` : null}
  </details>`;
  const compared = comparisonTexts(result);
  const ratchet = ratchetTexts(result);
  return [
    compared.length === 0
      ? null
      : html`<h3>Since the baseline</h3>
          ${compared.map((text) => html`<p>${text}</p>`)}${rows.length === 0 ? null : list}`,
    ratchet.length === 0
      ? null
      : html`<h3>Ratchet</h3>
          ${ratchet.map((text) => html`<p>${text}</p>`)}`,
  ];
}

/** One bar with what its parts stand for. */
function legend(title: string, parts: readonly BarPart[], total: number, none: string): Markup {
  const shown = parts.filter(({ count }) => count > 0);
  const items = shown.map(
    ({ name, count }) =>
      html`<li>
        <span class="key fill-${name}" aria-hidden="true"></span><span class="count">${count}</span> ${STATUS_WORDS[name] ?? name}
      </li>`,
  );
  const drawing =
    total === 0
      ? html`<p class="muted">${none}</p>`
      : html`${bar(parts, total)}
          <ul class="legend">
            ${items}
          </ul>`;
  return html`<div class="chart">
    <h3>${title}</h3>
    ${drawing}
  </div>`;
}

interface NamespaceCounts extends SeverityCounts {
  readonly all: number;
}

function byNamespace({ findings, resources }: Result): readonly (readonly [string, NamespaceCounts])[] {
  const groups = Map.groupBy(
    findings.filter(({ status }) => status === "open"),
    ({ resource }) => resources[resource]?.namespace ?? "",
  );
  const count = (list: readonly Finding[]): NamespaceCounts => {
    const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
    for (const { severity } of list) counts[severity]++;
    return { ...counts, all: list.length };
  };
  const counted = [...groups].map(([name, list]) => [name, count(list)] as const);
  return counted.toSorted(
    ([, a], [, b]) => SEVERITIES.map((severity) => b[severity] - a[severity]).find((difference) => difference !== 0) ?? 0,
  );
}

function namespaceChart(result: Result): Markup | null {
  const all = byNamespace(result);
  if (all.length === 0) return null;
  const most = Math.max(...all.map(([, { all: count }]) => count));
  const shown = all.slice(0, NAMESPACES);
  const rest = all.slice(NAMESPACES);
  const rows = shown.map(
    ([name, counts]) =>
      html`<tr>
        <th scope="row">${name === "" ? html`<span class="muted">no namespace</span>` : name}</th>
        <td class="wide">${bar(severityParts(counts), most)}</td>
        <td class="number">${counts.all}</td>
        <td class="number">${counts.critical + counts.high}</td>
      </tr> `,
  );
  const left = rest.reduce((sum, [, counts]) => sum + counts.all, 0);
  const more =
    rest.length === 0
      ? null
      : html`<p class="muted">${countText(rest.length, "more namespace")} with ${countText(left, "open finding")}.</p>`;
  const columns = ["Namespace", null, numbers("Findings"), numbers("High or critical")];
  return html`<h3>Open findings by namespace</h3>
    ${tableFrame("Open findings by namespace", columns, rows)} ${more}`;
}

function frameworkRow({ name, description, compliance, strictCompliance, coverage, reach, counts }: FrameworkResult): Markup {
  const strict =
    strictCompliance !== null && strictCompliance !== compliance
      ? html`<span class="muted">strict ${percentText(strictCompliance)}</span>`
      : null;
  return html`<tr>
    <th scope="row">${name}${description === "" ? null : html`<span class="muted">${description}</span>`}</th>
    <td class="wide">${scoreBar(compliance)}</td>
    <td class="number">${percentText(compliance)}${strict}</td>
    <td class="number">${percentText(coverage)}</td>
    <td class="number">${reachText(reach)}</td>
    <td class="number">${counts.failed}</td>
  </tr> `;
}

function frameworks({ frameworks }: Result): Markup | null {
  if (frameworks.length === 0) return null;
  const columns = ["Framework", null, numbers("Compliance"), numbers("Coverage"), numbers("Reach"), numbers("Failed controls")];
  return html`<h3>Frameworks</h3>
    ${tableFrame("Frameworks", columns, frameworks.map(frameworkRow))}`;
}

/** What there is to say where nothing was found: how much that means. */
export function noneText({ summary: { coverage } }: Result): string {
  if (coverage === null) return "No data: nothing could be judged.";
  return coverage === 100 ? "No open findings." : "No open findings in what could be judged.";
}

/** What is known at a glance: scores, gates, and where the findings are. */
export function summarySection(result: Result): Markup {
  const { findings, accepted, bySeverity, controls, coverage } = result.summary;
  const total = Object.values(controls).reduce((sum, count) => sum + count, 0);
  const heading = findings === 0 && coverage === null ? "Open findings" : countText(findings, "open finding");
  const also = accepted === 0 ? "" : `, ${accepted.toLocaleString("en-US")} more accepted`;
  return html`<section id="summary" aria-labelledby="summary-title">
    <h2 id="summary-title">Summary</h2>
    ${cards(result)}${gates(result)}${changes(result)}
    <div class="charts">
      ${legend(`${heading}${also}`, severityParts(bySeverity), findings, noneText(result))}${legend(
        countText(total, "control"),
        statusParts(controls),
        total,
        "No control was selected.",
      )}
    </div>
    ${frameworks(result)}${namespaceChart(result)}
  </section> `;
}
