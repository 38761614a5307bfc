import fc from "fast-check";
import { expect, test } from "vitest";
import { firstMarker, instrumented, markersIn, withoutMarkers } from "./instrument.ts";

/** The lines of a template that are marked, one text each. */
function marked(text: string, strict = false): string[] {
  return instrumented(text, 0, strict)
    .split("\n")
    .filter((line) => line.includes("#hf_"))
    .map(
      (line) =>
        `${markersIn(line)
          .map((one) => one.line)
          .join(" ")} ${withoutMarkers(line).trim()}`,
    );
}

test("lines that make a key or an item are marked; comments, markers, control lines and texts are not", () => {
  const text = [
    "{{- if .Values.on }}",
    "# what it is: a pod",
    "---",
    "kind: Pod",
    "spec:",
    "  {{- with .Values.x }}",
    "  - a",
    "  {{ $key }}: {{ $value | quote }}",
    "  {{- end }}",
    "  text: |",
    "    echo hello",
    "{{- end }}",
  ].join("\n");
  expect(marked(text)).toEqual(["4 kind: Pod", "5 spec:", "7 - a", "8 {{ $key }}: {{ $value | quote }}", "10 text: |"]);
});

test("an expression that writes lines of its own is marked where it ends, with the line where it begins", () => {
  expect(marked('labels:\n  {{- include "x" (dict\n    "a" 1) | nindent 2 }}\nb: 1\n')).toEqual([
    "1 labels:",
    '2 "a" 1) | nindent 2 }}',
    "4 b: 1",
  ]);
});

test("in a named template only what makes YAML is marked: others are words that templates compare and cut", () => {
  expect(marked('{{- define "x" -}}\n{{ .a }}-{{ .b }}\nyes\napp: {{ .a }}\n{{ toYaml .c }}\n{{- end }}\n')).toEqual([
    "4 app: {{ .a }}",
    "5 {{ toYaml .c }}",
  ]);
});

test("a line that goes on in the next is not marked", () => {
  expect(marked("name: a\n{{- .Values.suffix }}\nb: 1\n")).toEqual(["2 {{- .Values.suffix }}", "3 b: 1"]);
  expect(marked("name: {{ .a -}}\n-b\nc: 1\n")).toEqual(["3 c: 1"]);
  expect(marked('name: a\n{{- include "rest" . }}\n')).toEqual(["1 name: a", '2 {{- include "rest" . }}']);
  expect(marked('name: a\n{{- include "rest" . }}\n', true)).toEqual(['2 {{- include "rest" . }}']);
});

test("the last line of a named template is marked, whatever the next one in the file begins with", () => {
  expect(
    marked('{{- define "x" -}}\na: 1\nb: {{ .b }}\n{{- if .c }}\n{{- end }}\n{{- end -}}\n{{- define "y" -}}{{ .y }}{{- end -}}\n'),
  ).toEqual(["2 a: 1", "3 b: {{ .b }}"]);
});

test("braces in texts and comments close nothing", () => {
  expect(marked('a: {{ "}}" }}\n{{/* }} b: 1\n*/}}\nc: {{ `}}` }}\n')).toEqual(['1 a: {{ "}}" }}', "4 c: {{ `}}` }}"]);
});

test("the first marker from an offset on", () => {
  const text = "a\nb #hf_3_41_\nc #hf_12_5_\n";
  expect([firstMarker(text, 0), firstMarker(text, 5), firstMarker(text, text.length)]).toEqual([
    { template: 3, line: 41 },
    { template: 12, line: 5 },
    undefined,
  ]);
});

test("without its markers a template is what it was", () => {
  const piece = fc.constantFrom(
    "a: 1\n",
    "  - b\n",
    "{{ .x }}",
    "{{- .y -}}",
    "\n",
    "{{/* z",
    "*/}}",
    "{{ if .a }}",
    '{{ define "q" }}',
    "{{ end }}",
    "|",
    '"',
    "}}",
    "{{",
    " ",
    "key:",
    "\r\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, strict) => {
      const text = pieces.join("");
      expect(withoutMarkers(instrumented(text, 7, strict))).toBe(text);
    }),
  );
});
