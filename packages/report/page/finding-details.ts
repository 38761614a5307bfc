import type { PageCode, PageEvidence, PageException, PageFinding } from "../html/page-data.ts";
import { copyButton } from "./copy-button.ts";
import { element, type Child } from "./element.ts";

/** A sentence of a text that may end with a stop or not. */
function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/u.test(text) ? "" : "."}`;
}

function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element("div", { class: "part" }, element("h3", {}, title), ...children);
}

/** The text of a line with what is wrong in it marked. */
function marked(text: string, number: number, { mark }: PageCode): readonly Child[] {
  if (mark === null || number < mark.line || number > mark.endLine) return [text];
  const from = number === mark.line ? mark.column - 1 : text.length - text.trimStart().length;
  const to = number === mark.endLine ? mark.endColumn - 1 : text.length;
  if (to <= from || from >= text.length) return [text];
  return [text.slice(0, from), element("mark", {}, text.slice(from, to)), text.slice(to)];
}

/** Lines with their numbers. Numbers are no text of the page, so that what is copied is the code alone. */
function listing(lines: readonly (readonly [number: string, kind: string, children: readonly Child[]])[], label: string): HTMLElement {
  const rows = lines.map(([number, kind, children]) =>
    element("span", { class: `line ${kind}`, "data-number": number }, ...children, "\n"),
  );
  return element("pre", { class: "listing", tabindex: "0", role: "group", "aria-label": label }, element("code", {}, ...rows));
}

function codeListing(code: PageCode, place: string): HTMLElement {
  const lines = code.text.split("\n").map((text, at) => {
    const number = code.line + at;
    return [String(number), number >= code.at && number <= code.to ? "wrong" : "", marked(text, number, code)] as const;
  });
  return listing(lines, `Code at ${place}`);
}

const KINDS: Readonly<Record<string, string>> = { "+": "added", "-": "removed", "@": "hunk" };

function diffListing(diff: string, file: string): HTMLElement {
  const lines = diff
    .replace(/\n$/u, "")
    .split("\n")
    .map((text) => ["", KINDS[text.slice(0, 1)] ?? "", [text]] as const);
  return listing(lines, `Change of ${file}`);
}

function evidenceList(evidence: readonly PageEvidence[]): HTMLElement {
  const items = evidence.map(({ path, value, place }) =>
    element(
      "li",
      {},
      element("code", {}, path),
      value === null ? null : " is ",
      value === null ? null : element("code", {}, value),
      place === null ? null : " at ",
      place === null ? null : element("code", { class: "place" }, place),
    ),
  );
  return element("ul", {}, ...items);
}

function fixPart({ fixes, fixable, edit, noEdit }: PageFinding): HTMLElement {
  const sentences = fixes.map(sentence);
  const [only] = sentences;
  const children: Child[] =
    sentences.length === 1
      ? [element("p", {}, only ?? "")]
      : [element("ul", {}, ...sentences.map((sentence) => element("li", {}, sentence)))];
  if (edit === null) {
    if (noEdit !== null) children.push(element("p", { class: "muted" }, `Not as a change of the file: ${noEdit}`));
    if (fixable) children.push(copyButton("Copy fix", fixes.join("\n")));
  } else {
    // With the names of files before it, `patch` and `git apply` take it.
    const patch = `--- a/${edit.file}\n+++ b/${edit.file}\n${edit.diff.replace(/\n?$/u, "\n")}`;
    children.push(
      element("p", {}, "In ", element("code", { class: "place" }, edit.file), ":"),
      diffListing(edit.diff, edit.file),
      copyButton("Copy fix", patch),
    );
  }
  return section("Fix", ...children);
}

function explanation(control: number): HTMLElement | null {
  const template = document.querySelector(`#help-${control}`);
  if (!(template instanceof HTMLTemplateElement)) return null;
  const content = document.importNode(template.content, true);
  return element("details", { class: "explanation" }, element("summary", {}, "What this control is about"), content);
}

/** Everything that is known of a finding. */
export function findingDetails(finding: PageFinding, exception: PageException | undefined): readonly Child[] {
  const { code, place, related, evidence, rule, fingerprint, status, notes } = finding;
  const accepted = (): HTMLElement => {
    if (exception === undefined) return section("Accepted", element("p", {}, "By an exception that is not named."));
    const until = exception.expires === null ? "It does not expire." : `It expires on ${exception.expires}.`;
    return section("Accepted", element("p", {}, `By ${exception.id}. ${exception.reason} ${until}`));
  };
  return [
    status === "accepted" ? accepted() : null,
    ...notes.map((note) => element("p", { class: "related" }, sentence(note))),
    related === null ? null : element("p", { class: "related" }, sentence(related)),
    code === null ? null : section("Code", codeListing(code, place)),
    evidence.length === 0 ? null : section("Evidence", evidenceList(evidence)),
    fixPart(finding),
    explanation(finding.control),
    element("p", { class: "ids" }, "Rule ", element("code", {}, rule), " · Fingerprint ", element("code", {}, fingerprint)),
  ];
}
