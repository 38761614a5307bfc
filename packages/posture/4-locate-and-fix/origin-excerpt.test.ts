import { expect, test } from "vitest";
import { SourceText } from "../yaml/source-text.ts";
import { originExcerpt } from "./origin-excerpt.ts";

const OBJECT = { kind: "Secret", data: { key: "aHVudGVyMg==" }, stringData: { note: "between us" } };

function excerpt(text: string, secrets: readonly { start: number; end: number }[] = []): string {
  return originExcerpt({ text: new SourceText("values.yaml", text), start: 0, end: 0, exact: true, secrets }, OBJECT, 1, 99).text;
}

test.each([
  [
    "what the object has as a secret, plain or in base64, is masked wherever it stands",
    "a: hunter2\nb: aHVudGVyMg==\n# between us",
    "a: •••\nb: •••\n# •••",
  ],
  ["so is a setting that is a credential by its name", "adminPassword: abc # x\nreplicas: 2", "adminPassword: •••\nreplicas: 2"],
  ["so is the value beside such a name", "- name: DB_PASSWORD\n  value: abc", "- name: DB_PASSWORD\n  value: •••"],
  ["so is a text that is one by its form", "- postgres://me:geheim@db/x", "•••"],
  ["an expression of a template is no secret", "password: {{ .Values.password | quote }}", "password: {{ .Values.password | quote }}"],
  ["but a text in one may be", 'password: {{ "abc" | b64enc }}', "password: •••"],
  ["what stands below a key is looked at by itself", "secrets:\n  - a", "secrets:\n  - a"],
])("%s", (_name, text, shown) => {
  expect(excerpt(text)).toBe(shown);
});

test("ranges that the origin knows to be secret are masked, also over several lines", () => {
  const text = "a: one\nb: |\n  two\n  three\n";
  expect(
    excerpt(text, [
      { start: text.indexOf("one"), end: text.indexOf("one") + 3 },
      { start: text.indexOf("two"), end: text.length },
    ]),
  ).toBe("a: •••\nb: |\n  •••\n•••");
});
