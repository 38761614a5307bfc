import { expect, test } from "vitest";
import { outputReferences } from "./template-references.ts";
import { ValuesPaths } from "./values-paths.ts";

/** The values that the expressions of a line may stand for, in a chart of these templates. */
function values(line: number, template: string, ...others: readonly string[]): string[] {
  const all = [template, ...others].map(outputReferences);
  const references = (all[0] ?? []).filter((output) => output.line === line).flatMap((output) => output.references);
  return new ValuesPaths(all).of(references).map((path) => path.join("."));
}

test.each([
  ["a field", "a: {{ .Values.image.tag | quote }}", ["image.tag"]],
  ["of the top", "a: {{ $.Values.x }}", ["x"]],
  ["several", 'a: {{ printf "%s:%s" .Values.r (.Values.t | default .Chart.AppVersion) }}', ["r", "t"]],
  ["index and get", 'a: {{ index .Values "my-key" "x" }}{{ get .Values.m "k" }}', ["my-key.x", "m.k"]],
  ["dig", 'a: {{ dig "a" "b" 1 .Values.m }}', ["m.a.b"]],
  ["in brackets", "a: {{ (.Values.a).b }}", ["a.b"]],
  ["a condition is none", "a: {{ ternary .Values.x 1 (eq .Values.y 2) }}{{ if .Values.z }}1{{ end }}", ["x"]],
  ["tpl", "{{ tpl (toYaml .Values.x) . }}", ["x"]],
  ["none", 'a: {{ .Release.Name }}{{ "x" }}{{ 1 }}{{ }}', []],
])("%s", (_name, template, expected) => {
  expect(values(1, template)).toEqual(expected);
});

test("with, range, variables and else", () => {
  const template = [
    "{{- with .Values.a }}",
    "x: {{ .b }}{{ $.Values.c }}",
    "{{- else }}",
    "x: {{ .Values.d }}",
    "{{- end }}",
    "{{- range $i, $item := .Values.list }}",
    "- {{ .name }}{{ $item.x }}",
    "{{- end }}",
    "{{- $v := .Values.e }}{{ if .q }}{{ $v = .Values.f }}{{ end }}",
    "y: {{ $v.g }}",
    "{{- with $w := .Values.h }}{{ $w.i }}{{ end }}",
  ].join("\n");
  expect(values(2, template)).toEqual(["a.b", "c"]);
  expect(values(4, template)).toEqual(["d"]);
  expect(values(7, template)).toEqual(["list.*.name", "list.*.x"]);
  expect(values(10, template)).toEqual(["e.g", "f.g"]);
  expect(values(11, template)).toEqual(["h.i"]);
});

test("named templates are followed: to what they are given, and from them to where they are called", () => {
  const helpers =
    '{{ define "image" }}{{ .root.registry }}/{{ .root.name }}{{ end }}\n{{ define "outer" }}\nimage: {{ include "image" (dict "root" .image "x" $) }}\n{{ end }}';
  expect(values(1, '{{ include "image" (dict "root" .Values.image) }}', helpers)).toEqual(["image.registry", "image.name"]);
  expect(values(1, '{{ include "outer" .Values.web }}', helpers)).toEqual(["web.image.registry", "web.image.name"]);
  expect(values(3, helpers, '{{ include "outer" .Values.web }}{{ include "outer" .Values.db }}')).toEqual([
    "web.image.registry",
    "db.image.registry",
    "web.image.name",
    "db.image.name",
  ]);
});

test("templates that call each other for ever are followed for a while", () => {
  const helpers = '{{ define "a" }}{{ include "b" .x }}{{ .y }}{{ end }}{{ define "b" }}{{ include "a" . }}{{ include "a" .z }}{{ end }}';
  expect(values(1, '{{ include "a" .Values }}', helpers)).toContain("y");
});
