// Changes of texts that keep most of what made them interesting.
import type { Random } from "../differential/random.ts";

/** What Rego is made of, and what breaks those who read it carelessly. */
const pieces = [
  ..."package import as if contains default else every some not in with null true false input data set() _ := = == != | & + - * / % , ; : .".split(
    " ",
  ),
  ...'( ) [ ] { } " ` $" $` {} [] \\ \\u0041 \\ud800 \\n # 0 1 -1 1e9 1e400 0.1 00 9007199254740993 1e-400'.split(" "),
  ..."__proto__ constructor toString globalThis prototype import\u0020rego.v1 \u2028 \u2029 \ufeff \u0000 \ud83d\ude00 e\u0301 \ud800 \r\n \t \n".split(
    " ",
  ),
  "\n\n",
  " ",
  "# METADATA\n# title: x\n",
  "`${globalThis.escaped = 1}`",
  '"; globalThis.escaped = 1; "',
  "*/ globalThis.escaped = 1 /*",
];
const mostCharacters = 20_000;

/** The text with one to four changes; `other` lends pieces. At most 20,000 characters long. */
export function mutated(random: Random, text: string, other: string): string {
  let result = text;
  // Cut after each change: some multiply a text, and several of these would make megabytes.
  for (let left = 1 + random.below(4); left > 0; left--) result = changed(random, result, other).slice(0, mostCharacters);
  return result;
}

function changed(random: Random, text: string, other: string): string {
  const [start, end] = range(random, text);
  const within = (middle: string): string => text.slice(0, start) + middle + text.slice(end);
  switch (random.below(9)) {
    case 0:
      return within("");
    case 1:
      return within(text.slice(start, end).repeat(2));
    case 2:
      return within(other.slice(...range(random, other)));
    case 3:
      return text.slice(0, start) + random.pick(pieces) + text.slice(start);
    case 4:
      return within(random.pick(pieces));
    case 5: {
      const lines = text.split("\n");
      const [at, to] = [random.below(lines.length), random.below(lines.length)];
      return lines.toSpliced(to, 0, ...lines.splice(at, 1)).join("\n");
    }
    case 6:
      // What grows faster than its text shows in repetitions.
      return random.chance(0.2) ? within(text.slice(start, end).repeat(1 + random.below(400))) : within(text.slice(start, end).repeat(3));
    case 7:
      return (
        text.slice(0, start) + String.fromCharCode(random.chance(0.8) ? random.below(128) : random.below(0x10000)) + text.slice(start + 1)
      );
    default:
      return text.replace(/\b\d+\b/u, () => random.pick(["0", "-1", "1e308", "9223372036854775808", "1.0", "64"]));
  }
}

/** Mostly a token or a few; sometimes anything. */
function range(random: Random, text: string): readonly [start: number, end: number] {
  const start = random.below(text.length + 1);
  if (random.chance(0.3)) return [start, Math.min(text.length, start + random.below(60))];
  const word = /^(?:\w+|\s+|.)/su.exec(text.slice(start))?.[0] ?? "";
  return [start, start + word.length];
}
