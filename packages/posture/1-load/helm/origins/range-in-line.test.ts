import { expect, test } from "vitest";
import { SourceText } from "../../../yaml/source-text.ts";
import { rangeInLine } from "./range-in-line.ts";

test.each([
  ["  image: {{ .Values.image }}  # why", "image", false, "{{ .Values.image }}"],
  ["  - name: web", "name", false, "web"],
  ["  resources: {{- toYaml .x | nindent 4 }}", "resources", true, "resources"],
  ["  spec:", "spec", false, "spec"],
  ["  {{- toYaml .x | nindent 4 }}", "limits", false, "{{- toYaml .x | nindent 4 }}"],
  ["  - a # hash", 0, false, "- a"],
])("%s", (line, step, isCollection, shown) => {
  const text = `first: 1\n${line}\nlast: 1\n`;
  const { start, end } = rangeInLine(new SourceText("t", text), 2, step, isCollection);
  expect(text.slice(start, end)).toBe(shown);
});
