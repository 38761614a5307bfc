import type { ControlResult, FrameworkResult, Result, Status } from "@holdfast/core";
import { countText } from "../pretty/count-text.ts";
import { percentText } from "../pretty/percent.ts";
import { helpText } from "./help-text.ts";
import { numbers, tableFrame } from "./table-frame.ts";
import { html, type Content, type Markup } from "./markup.ts";

const GROUPS: readonly (readonly [status: Status, title: string, open: boolean])[] = [
  ["failed", "Failed", true],
  ["errored", "Evaluation failed", true],
  ["accepted", "Accepted", false],
  ["passed", "Passed", false],
  ["skipped", "Not judged", false],
];

function row({ id, name, severity, counts, compliance, findings }: ControlResult): Markup {
  const judged = counts.passed + counts.failed + counts.accepted;
  const link =
    findings === 0
      ? null
      : html`<button type="button" class="link" data-control="${id}" hidden>${countText(findings, "finding")}</button
          ><span class="without-script">${countText(findings, "finding")}</span>`;
  return html`<tr>
    <th scope="row"><span class="id">${id}</span> ${name}</th>
    <td><span class="badge severity-${severity}">${severity}</span></td>
    <td class="number">${counts.failed} of ${judged}</td>
    <td class="number">${percentText(compliance)}</td>
    <td class="number">${link}</td>
  </tr> `;
}

function table(controls: readonly ControlResult[], title: string): Markup {
  const columns = ["Control", "Severity", numbers("Failed resources"), numbers("Compliance"), numbers("Findings")];
  return tableFrame(`Controls: ${title}`, columns, controls.map(row));
}

function names(controls: readonly ControlResult[]): Markup {
  return html`<ul class="columns">
    ${controls.map(({ id, name }) => html`<li><span class="id">${id}</span> ${name}</li>`)}
  </ul>`;
}

function group(controls: readonly ControlResult[], [status, title, open]: (typeof GROUPS)[number]): Content {
  const own = controls.filter((control) => control.status === status);
  if (own.length === 0) return null;
  const inner = status === "skipped" ? names(own) : table(own, title);
  return html`<details${open ? html` open` : null}><summary><span class="key fill-${status}" aria-hidden="true"></span>${title} <span class="muted">${countText(own.length, "control")}</span></summary>${inner}</details>\n`;
}

function sections({ name, sections, controls: ids }: FrameworkResult, byId: ReadonlyMap<string, ControlResult>): Content {
  if (sections.length === 0) return null;
  const rows = sections.map(({ id, title, controls, notShown }) => {
    const own = controls.flatMap((control) => byId.get(control) ?? []);
    const count = (status: Status): number => own.filter((control) => control.status === status).length;
    const note = notShown === undefined ? null : html`<span class="muted">${notShown}</span>`;
    return html`<tr>
      <th scope="row"><span class="id">${id}</span> ${title}${note}</th>
      <td class="number">${count("failed") + count("errored")}</td>
      <td class="number">${count("accepted")}</td>
      <td class="number">${count("passed")}</td>
      <td class="number">${count("skipped")}</td>
    </tr> `;
  });
  const columns = ["Section", numbers("Failed"), numbers("Accepted"), numbers("Passed"), numbers("Not judged")];
  return html`<details>
    <summary>${name} <span class="muted">${countText(sections.length, "section")}, ${countText(ids.length, "control")}</span></summary>
    ${tableFrame(`Sections of ${name}`, columns, rows)}
  </details> `;
}

/** Every control with what became of it, and the frameworks by their sections. */
export function controlsSection({ controls, frameworks }: Result): Markup {
  const byId = new Map(controls.map((control) => [control.id, control]));
  const bySection = frameworks.map((framework) => sections(framework, byId)).filter((content) => content !== null);
  const none = controls.length === 0 ? html`<p class="muted">No control was selected.</p>` : null;
  return html`<section id="controls" aria-labelledby="controls-title">
    <h2 id="controls-title">Controls</h2>
    ${none}${GROUPS.map((entry) => group(controls, entry))}${
      bySection.length === 0
        ? null
        : html`<h3>By section of the frameworks</h3>
            ${bySection}`
    }
  </section> `;
}

function part(title: string, markdown: string): Content {
  return markdown.trim() === ""
    ? null
    : html`<h4>${title}</h4>
        ${helpText(markdown)}`;
}

/** What a finding says of its control, to be shown where one is opened. */
export function* helpTemplates({ controls, findings }: Result): Iterable<string> {
  const named = new Set(findings.map(({ control }) => control));
  for (const [place, { id, help }] of controls.entries()) {
    if (!named.has(id)) continue;
    const { text } = html`<template id="help-${String(place)}"
      >${helpText(help.description)}${part("Why it matters", help.why)}${part("How to fix", help.fix)}${part("Limits", help.limits)}</template
    > `;
    yield text;
  }
}
