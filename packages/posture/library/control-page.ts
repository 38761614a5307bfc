import { severityOf, type Control } from "@holdfast/core";
import { FieldReader, type LibraryFault, type LibraryFile } from "./library-fault.ts";
import { readPageText } from "./page-text.ts";

/** A control's page: what it says of the control, and its two example manifests, which are run as cases; null where no object can show it. */
export interface ControlPage {
  readonly control: Control;
  readonly examples: { readonly bad: string; readonly good: string } | null;
}

const PAGE = /^---\r?\n(?<front>[\s\S]*?)\r?\n---\r?\n(?<body>[\s\S]*)$/u;
const BLOCK = /^```ya?ml\r?\n(?<yaml>[\s\S]*?)^```\s*$/mu;

/** The texts of a page's sections by their heading in lower case; what stands before the first heading is under the empty one. */
function sections(body: string): ReadonlyMap<string, string> {
  const parts = body.split(/^## +(.+?) *$/mu);
  const found = new Map<string, string>([["", (parts[0] ?? "").trim()]]);
  for (let i = 1; i < parts.length; i += 2) found.set((parts[i] ?? "").toLowerCase(), (parts[i + 1] ?? "").trim());
  return found;
}

/** What stands in a user's page where it says nothing. */
const UNSAID: Readonly<Record<string, string>> = {
  "why it matters": "Its page says nothing of it.",
  "how to fix": "As the finding says.",
  limits: "What its rules look at is all that is judged.",
};

/**
 * Reads `library/controls/C-….md`: front matter, then the opening and the sections that each page has. A page of a user's own (`custom`) needs no more than an id, a
 * name, rules and an opening; without a score its severity is unknown.
 */
export function readControlPage(file: LibraryFile, faults: LibraryFault[], custom = false): ControlPage | null {
  const match = PAGE.exec(file.text);
  if (match?.groups === undefined) {
    faults.push({ file: file.path, line: 1, message: "expected front matter between two lines of ---" });
    return null;
  }
  const start = file.text.indexOf("\n") + 1;
  const page = readPageText(file, faults, start, start + (match.groups["front"] ?? "").length);
  if (page === null) return null;
  const front = new FieldReader(page.value, file.path, faults, page.linesOf([]));
  const parts = sections(match.groups["body"] ?? "");
  const section = (name: string): string => {
    const text = parts.get(name) ?? (custom ? UNSAID[name] : undefined);
    if (text === undefined || text === "")
      front.fault(name === "" ? "there is no opening paragraph" : `the section "${name}" is missing or empty`);
    return text ?? "";
  };
  const example = (name: string): string => {
    const block = BLOCK.exec(section(name))?.groups?.["yaml"];
    if (block === undefined) front.fault(`the section "${name}" has no yaml block`);
    return block ?? "";
  };
  const score = custom && front.raw("score") === undefined ? null : front.number("score");
  const subCategory = front.optionalText("subCategory");
  const control: Control = {
    id: front.text("id"),
    name: front.text("name"),
    score,
    severity: severityOf(score),
    category: custom ? (front.optionalText("category") ?? "Custom") : front.text("category"),
    ...(subCategory === undefined ? {} : { subCategory }),
    scope: front.texts("scope"),
    tags: front.texts("tags"),
    rules: front.texts("rules"),
    attackTracks: front.list("attackTracks").map((value, index) => {
      const one = new FieldReader(value, file.path, faults, page.linesOf(["attackTracks", index]));
      return { track: one.text("track"), categories: one.texts("categories") };
    }),
    mitre: front.texts("mitre"),
    parameters: front.texts("parameters"),
    help: { description: section(""), why: section("why it matters"), fix: section("how to fix"), limits: section("limits") },
  };
  front.refuseOthers();
  const name = /(?:^|\/)(C-\d+)-[a-z0-9-]+\.md$/u.exec(file.path);
  if (!custom && name?.[1] !== control.id) front.fault(`the file's name does not begin with the control's id, ${control.id}`);
  const examples = parts.has("bad") || parts.has("good") ? { bad: example("bad"), good: example("good") } : null;
  return { control, examples };
}
