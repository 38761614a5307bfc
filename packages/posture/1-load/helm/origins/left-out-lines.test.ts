import { expect, test } from "vitest";
import { SourceText } from "../../../yaml/source-text.ts";
import { leftOutLines } from "./left-out-lines.ts";

const TEMPLATE = new SourceText(
  "t.yaml",
  `spec:
  containers:
    - name: a
      {{- with .Values.containerSecurity }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    - name: b
  {{- with .Values.podSecurity }}
  securityContext:
    {{- toYaml . | nindent 4 }}
  {{- end }}
status: {}
`,
);

test.each([
  ["a mapping has it among its own keys, not among those of what it holds", 1, "securityContext", 10],
  ["an item has its own", 3, "securityContext", 5],
  ["another item has none", 8, "securityContext", undefined],
  ["nor what stands behind the mapping", 1, "status", undefined],
])("%s", (_name, mapping, key, line) => {
  expect(leftOutLines(TEMPLATE, mapping, key)[0]).toBe(line);
});
