import { expect, test } from "vitest";
import { helpText } from "./help-text.ts";

function shown(markdown: string): string {
  return helpText(markdown).text.replaceAll("\n", "");
}

test.each([
  ["One.\n\nTwo.", "<p>One.</p><p>Two.</p>"],
  ["Lines\nof one paragraph", "<p>Lines of one paragraph</p>"],
  ["- a\n- b\n  goes on\n* c", "<ul><li>a</li><li>b goes on</li><li>c</li></ul>"],
  ["Before:\n- a", "<p>Before:</p><ul><li>a</li></ul>"],
  ["1. first\n2. second", "<ul><li>first</li><li>second</li></ul>"],
  ["**strong** and *soft* and `code *as* it is`", "<p><strong>strong</strong> and <em>soft</em> and <code>code *as* it is</code></p>"],
  ["**a `b` c**", "<p><strong>a <code>b</code> c</strong></p>"],
  ["2 * 3 * 4 and a*b*c", "<p>2 * 3 * 4 and a*b*c</p>"],
  ["[a page](https://example.com/x)", "<p>a page (https://example.com/x)</p>"],
  ["unclosed ` and ** stay", "<p>unclosed ` and ** stay</p>"],
  ["<b>&", "<p>&lt;b&gt;&amp;</p>"],
  ["", ""],
])("%j", (markdown, expected) => {
  expect(shown(markdown)).toBe(expected);
});

test.each(["[", "[a](", "*", "**a ", "`", "[](", "- ", "***a"])("many of %j take no time", (part) => {
  // Quadratic time would be minutes, more than a test has.
  expect(helpText(part.repeat(200_000)).text.length).toBeGreaterThan(0);
});

test("fenced code keeps its lines, also where the fence is never closed", () => {
  const code = '<pre class="listing" tabindex="0"><code>a:\n  - b\n\nc</code></pre>';
  expect(helpText("```yaml\na:\n  - b\n\nc\n```").text).toBe(code);
  expect(helpText("```\na:\n  - b\n\nc").text).toBe(code);
});
