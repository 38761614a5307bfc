import { expect, test } from "vitest";
import { withSteadyFunctions } from "./steady-functions.ts";

test("functions that make something up give the same each time, and what is only called like them stays", () => {
  expect(withSteadyFunctions("a: {{ randAlphaNum 5 | lower }}-{{ 3 | randNumeric }} now\n")).toBe(
    'a: {{ printf "random%v" 5 | lower }}-{{ 3 | printf "random%v" }} now\n',
  );
  expect(withSteadyFunctions('{{- $x := now | date "now" -}}{{ randInt 2 $now.now }}{{/* uuidv4 */}}{{ uuidv4 }}')).toBe(
    '{{- $x := (toDate "2006-01-02" "2000-01-01") | date "now" -}}{{ min 2 $now.now }}{{/* uuidv4 */}}{{ (print "00000000-0000-4000-8000-000000000000") }}',
  );
  const none = "{{ .Values.now }}{{ `uuidv4` }}{{ (.Values).shuffle }}{{ 'r' }} randAlpha 5 {{ nowhere }}";
  expect(withSteadyFunctions(none)).toBe(none);
});
