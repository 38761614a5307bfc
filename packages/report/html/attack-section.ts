import type { AttackedWorkload, Result, WorkloadTrack } from "@holdfast/core";
import { nothingText, rankText, unknownText } from "../pretty/attack-lines.ts";
import { countText } from "../pretty/count-text.ts";
import { placeText } from "../pretty/place-text.ts";
import { resourceLabel } from "../resource-label.ts";
import { html, type Content, type Markup } from "./markup.ts";

const SHOWN = 10;
const NAMED = 5;

/** The depth of each step: those that begin are 0, what comes after a step is one deeper. */
function depths(steps: readonly { readonly after: number | null }[]): readonly number[] {
  const found: number[] = [];
  for (const { after } of steps) found.push(after === null ? 0 : (found[after] ?? 0) + 1);
  return found;
}

function controlNames(places: readonly number[], result: Result, names: ReadonlyMap<string, string>): string {
  const ids = [...new Set(places.flatMap((place) => result.findings[place]?.control ?? []))];
  const more = ids.length > NAMED ? ` and ${countText(ids.length - NAMED, "more control")}` : "";
  return `${ids
    .slice(0, NAMED)
    .map((id) => `${id} ${names.get(id) ?? ""}`.trim())
    .join(", ")}${more}`;
}

function track({ track: place, depth, steps }: WorkloadTrack, result: Result, names: ReadonlyMap<string, string>): Content {
  const summary = result.attack?.tracks[place];
  if (summary === undefined) return null;
  const deep = depths(summary.steps);
  const items = summary.steps.map(({ name }, at) => {
    const state = steps[at];
    if (state === undefined) return null;
    const why = state.status === "unknown" ? unknownText(state) : controlNames(state.findings, result, names);
    return html`<li class="depth-${String(Math.min(deep[at] ?? 0, 5))}">
      <span class="badge step-${state.status}">${state.status}</span>
      <span><strong>${name}</strong>${why === "" ? null : html` <span class="muted">${why}</span>`}</span>
    </li>`;
  });
  return html`<h3>${summary.name} <span class="muted">${depth} of ${countText(summary.length, "step")} reached</span></h3>
    <ol class="steps">
      ${items}
    </ol>`;
}

function fix({ fix, chains }: AttackedWorkload, result: Result, names: ReadonlyMap<string, string>): Markup {
  const what = chains === 1 ? "the chain" : `${fix.breaks.toLocaleString("en-US")} of ${countText(chains, "chain")}`;
  const together = fix.findings.length > 1 ? `, all ${fix.findings.length.toLocaleString("en-US")} findings together` : "";
  return html`<p class="fix-first">
    <strong>Fix first</strong>, and break ${what}${together}: ${controlNames(fix.findings, result, names)}
  </p>`;
}

function workload(one: AttackedWorkload, place: number, result: Result, names: ReadonlyMap<string, string>): Markup {
  const resource = result.resources[one.resource];
  const { file, line } = resource ?? {};
  const where =
    file === undefined ? null : html`<code class="place">${placeText({ file, ...(line === undefined ? {} : { line }) })}</code>`;
  return html`<details${place === 0 ? html` open` : null}><summary><span class="badge severity-${one.severity}">${one.severity}</span> ${resourceLabel(resource)} ${where}</summary>
<p>${rankText(one)}</p>${one.tracks.map((each) => track(each, result, names))}${fix(one, result, names)}</details>\n`;
}

/** The workloads on which findings chain, in the order in which to fix them. */
export function attackSection(result: Result): Markup {
  const nothing = nothingText({ result });
  const workloads = result.attack?.workloads ?? [];
  const names = new Map(result.controls.map(({ id, name }) => [id, name]));
  const left = workloads.length - SHOWN;
  const more =
    left > 0
      ? html`<p class="muted">${countText(left, "more workload")} on which findings chain: the result as JSON has every one of them.</p>`
      : null;
  const head =
    nothing === null
      ? html`<p>
          ${countText(workloads.length, "workload")} on which failed controls chain into a way
          in${workloads.length === 1 ? "" : ", the first to fix first"}.
        </p>`
      : html`<p class="muted">${nothing.slice(0, 1).toUpperCase()}${nothing.slice(1).replace(/\.$/u, "")}.</p>`;
  return html`<section id="attack" aria-labelledby="attack-title">
    <h2 id="attack-title">Attack paths</h2>
    ${head}${workloads.slice(0, SHOWN).map((one, place) => workload(one, place, result, names))}${more}
  </section> `;
}
