import type { Control, Framework, Library } from "@holdfast/core";
import { expect, test } from "vitest";
import type { LibraryFault } from "../library/library-fault.ts";
import { readFrameworkFile } from "./read-framework-file.ts";
import { sampleControl } from "../testing/sample-control.ts";

const control = (id: string, name: string): Control => sampleControl(id, { name });

const library: Library = {
  controls: [
    control("C-0013", "Non-root containers"),
    control("C-0057", "Privileged container"),
    control("ORG-1", "Everything has an owner"),
  ],
  rules: [],
  frameworks: [{ id: "nsa", name: "NSA", description: "", sections: [] }],
  parameters: [],
  attackTracks: [],
  digest: "",
};

function read(text: string, path = "ours.yaml"): { readonly framework: Framework | null; readonly faults: readonly LibraryFault[] } {
  const faults: LibraryFault[] = [];
  const framework = readFrameworkFile({ path, text }, library, faults);
  return { framework, faults };
}

test("our form: sections, their controls by id or name in any case, each once", () => {
  const { framework, faults } = read(`id: ours
name: Ours
sections:
  - id: "1"
    title: Pods
    controls: [c-0057, Privileged Container, C-0013]
    notShown: Who may sign in.
  - id: "2"
    title: Owners
    controls: [ORG-1]
`);
  expect(faults).toEqual([]);
  expect(framework).toEqual({
    id: "ours",
    name: "Ours",
    description: "Ours",
    sections: [
      { id: "1", title: "Pods", controls: ["C-0057", "C-0013"], notShown: "Who may sign in." },
      { id: "2", title: "Owners", controls: ["ORG-1"] },
    ],
  });
});

test("Kubescape's form: whole controls, sections within sections, and a section for what is in none", () => {
  const { framework, faults } = read(
    JSON.stringify({
      name: "House-Rules",
      description: "What we hold to.",
      attributes: { builtin: false },
      typeTags: ["compliance"],
      controls: [{ controlID: "C-0057", name: "x", rules: [] }, { controlID: "C-0013" }, { controlID: "ORG-1" }],
      ControlsIDs: ["C-0057", "C-0013", "ORG-1"],
      subSections: {
        "3": { id: "3", name: "Nodes", controlsIDs: [], subSections: { "1": { name: "Pods", controlsIDs: ["C-0057"] } } },
        "4": { name: "Users", controlsIDs: ["C-0013"] },
      },
    }),
    "house.json",
  );
  expect(faults).toEqual([]);
  expect(framework).toEqual({
    id: "house-rules",
    name: "House-Rules",
    description: "What we hold to.",
    sections: [
      { id: "3.1", title: "Pods", controls: ["C-0057"] },
      { id: "4", title: "Users", controls: ["C-0013"] },
      { id: "controls", title: "House-Rules", controls: ["ORG-1"] },
    ],
  });
});

test("a plain list of ids is a framework too", () => {
  expect(read('{"name": "Short", "ControlsIDs": ["C-0057"]}').framework?.sections).toEqual([
    { id: "controls", title: "Short", controls: ["C-0057"] },
  ]);
});

test.each<[string, string, number, string]>([
  [
    "a control that there is not",
    "id: a\nname: A\nsections:\n  - id: b\n    title: B\n    controls:\n      - C-0013\n      - C-0075\n",
    8,
    'there is no control "C-0075"; did you mean C-0057?',
  ],
  [
    "the same in JSON",
    '{\n  "name": "A",\n  "ControlsIDs": [\n    "C-0013",\n    "ORG-2"\n  ]\n}',
    5,
    'there is no control "ORG-2"; did you mean ORG-1?',
  ],
  [
    "a misspelt key",
    "id: a\nname: A\nsections:\n  - id: b\n    title: B\n    control: [C-0013]\n    controls: [C-0013]\n",
    6,
    "control: unknown key",
  ],
  ["a section without a title", "id: a\nname: A\nsections:\n  - id: b\n    controls: [C-0013]\n", 4, "title: expected a text"],
  [
    "a list where a text should be",
    "id: a\nname: [A]\nsections:\n  - id: b\n    title: B\n    controls: [C-0013]\n",
    2,
    "name: expected a text",
  ],
  [
    "a control that is no text",
    "id: a\nname: A\nsections:\n  - id: b\n    title: B\n    controls:\n      - [x]\n",
    7,
    "expected the id of a control",
  ],
  ["no controls", "id: a\nname: A\nsections: []\n", 1, "it names no controls"],
  [
    "an id of the library",
    "\nid: NSA\nname: Mine\nsections:\n  - id: b\n    title: B\n    controls: [C-0013]\n",
    2,
    "there is a framework nsa already: give it another id",
  ],
  [
    "two documents",
    "id: a\nname: A\nsections:\n  - id: b\n    title: B\n    controls: [C-0013]\n---\nb: 1\n",
    8,
    "it holds more than one document",
  ],
  ["a key twice", "id: a\nid: b\nname: A\nsections:\n  - id: b\n    title: B\n    controls: [C-0013]\n", 2, "id: it is there twice"],
  ["a list", "- a\n", 1, "expected a mapping"],
  ["no YAML", "a: [\n", 2, ""],
  ["nothing", "", 1, ""],
])("%s is a fault with its line", (_, text, line, message) => {
  const { framework, faults } = read(text);
  expect(framework).toBeNull();
  expect(faults.length).toBeGreaterThan(0);
  expect(faults[0]).toMatchObject({ file: "ours.yaml", line, message: expect.stringContaining(message) as string });
});
