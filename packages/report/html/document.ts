import { createHash } from "node:crypto";
import type { Result } from "@holdfast/core";
import { percentText } from "../pretty/percent.ts";
import { inputText } from "../pretty/score-lines.ts";
import { scopeFacts, scopeName } from "../document-facts.ts";
import { countText } from "../pretty/count-text.ts";
import { attackSection } from "./attack-section.ts";
import { controlsSection, helpTemplates } from "./controls-section.ts";
import { dataBlock } from "./embed-data.ts";
import { findingsSection } from "./findings-section.ts";
import { html, type Markup } from "./markup.ts";
import { pageScript, pageStyle } from "./page-assets.ts";
import { pageFindings, pageIndex } from "./page-data.ts";
import { acceptedSection, limitsSection } from "./risk-sections.ts";
import { noneText, summarySection } from "./summary-section.ts";

const PIECE = 500;
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%23345' d='M2 2h3v3h2V2h2v3h2V2h3v5l-1 7H3L2 7z'/%3E%3C/svg%3E";

function sourceHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** What the page may do: run its own script and style, and nothing else. It can load nothing and send nothing, whatever stands in it. */
const POLICY = `default-src 'none'; script-src ${sourceHash(pageScript)}; style-src ${sourceHash(pageStyle)}; img-src data:; base-uri 'none'; form-action 'none'`;

const SECTIONS = [
  ["summary", "Summary"],
  ["findings", "Findings"],
  ["controls", "Controls"],
  ["attack", "Attack paths"],
  ["accepted", "Accepted risks"],
  ["limits", "Not judged"],
  ["about", "About"],
] as const;

function title(result: Result): string {
  const { compliance, findings } = result.summary;
  return `Holdfast: ${percentText(compliance)}, ${countText(findings, "finding")} in ${scopeName(result)}`;
}

function head(result: Result): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="Holdfast ${result.tool.version}" />
        <title>${title(result)}</title>
        <link rel="icon" href="${ICON}" />
      </head>
     `.text;
}

function banner(result: Result): string {
  const { time, summary } = result;
  const resources = Object.values(summary.resources).reduce((sum, count) => sum + count, 0);
  const themes = [
    ["auto", "Auto"],
    ["light", "Light"],
    ["dark", "Dark"],
  ] as const;
  return html`<body>
    <a class="skip" href="#findings">Skip to the findings</a>
    <header class="banner">
      <div>
        <p class="brand">Holdfast</p>
        <h1>Security report</h1>
        <p class="scope">
          ${countText(resources, "resource")}
          ${inputText(result)}${time === undefined ? null : html` <span class="muted">· <time datetime="${time}">${time.replace("T", " ").replace(/(?:\.\d+)?Z$/u, " UTC")}</time></span>`}
        </p>
      </div>
      <fieldset id="theme" class="segments" hidden>
        <legend class="hidden">Colours</legend>
        ${themes.map(([id, name]) => html`<label><input type="radio" name="theme" value="${id}" ${id === "auto" ? html` checked` : null} /><span>${name}</span></label>`)}
      </fieldset>
    </header>
    <nav class="contents" aria-label="Sections">
      <ul>
        ${SECTIONS.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
      </ul>
    </nav>
    <main>
   `.text;
}

function aboutSection(result: Result): Markup {
  const { tool, time, summary } = result;
  const rows: readonly (readonly [string, string])[] = [
    ...scopeFacts(result),
    ["Findings", `${summary.findings.toLocaleString("en-US")} open, ${summary.accepted.toLocaleString("en-US")} accepted`],
    ["Holdfast", tool.version],
    ["Library", tool.library],
    ...(time === undefined ? [] : [["Time", time] as const]),
  ];
  return html`<section id="about" aria-labelledby="about-title">
    <h2 id="about-title">About this report</h2>
    <dl class="facts">
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <p class="prose">
      Compliance is the mean, over the controls that judged anything, of the share of resources that passed. Coverage is what was evaluated
      of what this kind of input can answer. Reach is how many of the controls this kind of input can answer at all. Where nothing was
      evaluated there is no data, and no score.
    </p>
  </section> `;
}

/** The whole page, in pieces: what is shown at once comes first, what the script needs last. */
export function* page(result: Result): Iterable<string> {
  yield head(result).replace(/<\/head>$/u, "");
  yield `<style>${pageStyle}</style>\n</head>\n`;
  yield banner(result);
  yield summarySection(result).text;
  yield findingsSection(result).text;
  yield controlsSection(result).text;
  yield attackSection(result).text;
  yield acceptedSection(result).text;
  yield limitsSection(result).text;
  yield aboutSection(result).text;
  yield `</main>\n<footer>Written by Holdfast. This file is complete: it loads nothing and sends nothing.</footer>\n`;
  yield* helpTemplates(result);
  yield dataBlock("index", pageIndex(result, noneText(result)));
  const write = pageFindings(result);
  for (let from = 0; from < result.findings.length; from += PIECE) {
    yield dataBlock("findings", result.findings.slice(from, from + PIECE).map(write));
  }
  yield `<script>${pageScript}</script>\n</body>\n</html>\n`;
}
