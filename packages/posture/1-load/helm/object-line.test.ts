import { expect, test } from "vitest";
import { SourceText } from "../../yaml/source-text.ts";
import { ObjectLines } from "./object-line.ts";

test("objects of a kind are found one after the other, at their first key", () => {
  const template = new SourceText(
    "t.yaml",
    "{{ if .x }}\napiVersion: v1\nkind: Service\n---\n# second\nkind: Service\napiVersion: v1\n---\napiVersion: v1\nkind: {{ .Values.kind }}\n",
  );
  const lines = new ObjectLines();
  expect([
    lines.lineOf(template, "Service"),
    lines.lineOf(template, "Service"),
    lines.lineOf(template, "Service"),
    lines.lineOf(template, "Pod"),
  ]).toEqual([2, 6, 6, 9]);
});

test("what comes as a whole from a named template is where that is called", () => {
  expect(new ObjectLines().lineOf(new SourceText("t.yaml", '{{- if .x }}\n{{ include "all" . }}\n{{- end }}'), "Pod")).toBe(2);
});
