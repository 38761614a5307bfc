import { expect, test } from "vitest";
import { shownLines } from "./shown-lines.ts";

const TEXT = `# the shop's
---
apiVersion: v1
kind: Secret
metadata: {name: s}
data:
  key: c2VjcmV0LXZhbHVl # rotate
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - name: web
      env:
        - name: DB_PASSWORD
          value: hunter2hunter2
---
stray: hunter3hunter3
token: abc
...
`;

test("secrets of objects are masked, what belongs to none is hidden, all else is as it stands", () => {
  const shown = shownLines(TEXT);
  const raw = TEXT.split("\n");
  expect(shown).toHaveLength(raw.length);
  const changed = raw.flatMap((line, at) => (line === shown[at] ? [] : [[line.trim(), shown[at]]]));
  expect(changed).toEqual([
    ["key: c2VjcmV0LXZhbHVl # rotate", "  key: ••• # rotate"],
    ["value: hunter2hunter2", "          value: •••"],
    ["stray: hunter3hunter3", "…"],
    ["token: abc", "…"],
  ]);
});

test("line ends and a byte order mark stay", () => {
  const text = `\uFEFF${TEXT.replaceAll("\n", "\r\n")}`;
  const shown = shownLines(text);
  expect(shown[0]).toBe("\uFEFF# the shop's\r");
  expect(shown[6]).toBe("  key: ••• # rotate\r");
});

test("objects that share a line", () => {
  const text = `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"stringData":{"k":"hunter2hunter2"}},{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}]}\n`;
  const [shown] = shownLines(text);
  expect(shown).not.toContain("hunter2");
});

test("of a file that holds no objects, settings that are credentials by their names are masked", () => {
  expect(shownLines("replicas: 1\npassword: hunter2hunter2\n")).toEqual(["replicas: 1", "password: •••", ""]);
});

test("what stands around the objects of a list in one line says nothing, and so the line is shown; anything else there hides it", () => {
  const pod = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"hostPID":true}}';
  const list = `{"apiVersion":"v1","items":[${pod}, ${pod}],"kind":"List","metadata":{"resourceVersion":""}}`;
  expect(shownLines(list)).toEqual([list]);
  expect(shownLines(`{"note":"s3cr3t","apiVersion":"v1","kind":"List","items":[${pod}]}`)).toEqual(["…"]);
  expect(shownLines(`{apiVersion: v1, kind: List, token: s3cr3t, items: [${pod}]}`)).toEqual(["…"]);
});
