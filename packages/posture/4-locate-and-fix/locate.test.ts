import { expect, test } from "vitest";
import { loadText } from "../testing/load-text.ts";
import { locate } from "./locate.ts";

const TEXT = `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    a.b/c: "x"
spec:
  hostPID: true
  template: &t
    image: 'two words'
  again: *t
  empty:
  containers:
    - name: a
      args: [--x, "--y"]
      script: |
        one
        two
    - name: b
      securityContext:
        privileged: true
`;

test.each<[string, string, boolean]>([
  ["spec.hostPID", "8:12 true", true],
  ["spec.containers[1].securityContext.privileged", "21:21 true", true],
  ["spec.containers[0].args[1]", '15:19 "--y"', true],
  ["spec.containers[0].args", '15:13 [--x, "--y"]', true],
  ["spec.containers[1]", "19:7 name: b", true],
  ["spec.containers", "13:3 containers", true],
  ["spec.containers[0].script", "16:15 |", true],
  ["spec.empty", "12:3 empty", true],
  ["spec.again.image", "10:12 'two words'", true],
  ["metadata.annotations.a.b/c", '6:12 "x"', true],
  ["metadata.annotations[a.b/c]", '6:12 "x"', true],
  ['metadata.annotations["a.b/c"]', '6:12 "x"', true],
  ["spec.containers[1].securityContext.runAsNonRoot", "20:7 securityContext", false],
  ["spec.containers[0].securityContext.runAsNonRoot", "14:7 name: a", false],
  ["spec.containers[7].image", "13:3 containers", false],
  ["spec.empty.x.y", "12:3 empty", false],
  ["status.phase", "4:9 web", false],
  ["", "4:9 web", false],
  ["][", "4:9 web", false],
])("%s", async (path, expected, exact) => {
  const [resource] = await loadText(TEXT);
  const found = locate(resource, path);
  const text = TEXT.split("\n")[found.line - 1]?.slice(found.column - 1, found.endLine === found.line ? found.endColumn - 1 : undefined);
  expect(`${found.line}:${found.column} ${text}`).toBe(expected);
  expect(found.exact).toBe(exact);
});

test("without a name, the object's start", async () => {
  const [resource] = await loadText("# a comment\napiVersion: v1\nkind: Config\n");
  expect(locate(resource, "x")).toEqual({ file: "a.yaml", line: 2, column: 1, endLine: 2, endColumn: 15, exact: false });
});

test("columns count from the start of the line behind a byte order mark", async () => {
  const [resource] = await loadText("\uFEFFapiVersion: v1\r\nkind: Pod\r\n");
  expect(locate(resource, "apiVersion")).toMatchObject({ line: 1, column: 13, endColumn: 15 });
  expect(locate(resource, "kind")).toMatchObject({ line: 2, column: 7, endColumn: 10 });
});
