// Builtins about the evaluation itself. https://www.openpolicyagent.org/docs/policy-reference#opa, #rand and #debugging
import { displayText } from "../runtime/display.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, boolean, long, number, objectOf, string } from "./type-description.ts";

export const environment: readonly Builtin[] = [
  define({ name: "opa.runtime", args: [], result: objectOf(string, any), nondeterministic: true, evaluate: (context) => context.runtime }),
  define({
    name: "rand.intn",
    args: [string, long],
    result: number,
    nondeterministic: true,
    evaluate(context, key, limit) {
      const bound = Math.abs(Number(limit));
      if (bound === 0) return 0;
      const memoryKey = `rand.intn ${bound} ${key}`;
      const drawn = context.memory.get(memoryKey) ?? Math.floor(context.random() * bound);
      context.memory.set(memoryKey, drawn);
      return drawn;
    },
  }),
  {
    name: "print",
    args: [],
    variadic: true,
    result: boolean,
    evaluate(context, ...operands: (RegoValue | undefined)[]) {
      context.print(operands.map((operand) => (operand === undefined ? "<undefined>" : displayText(operand))).join(" "));
      return true;
    },
  },
  define({
    name: "trace",
    args: [string],
    result: boolean,
    evaluate(context, note) {
      context.print(note);
      return true;
    },
  }),
];
