import { actionsOf } from "./template-actions.ts";

/** Functions that give something else each time a chart is rendered, and what gives the same each time from the same arguments: https://helm.sh/docs/chart_template_guide/function_list/ */
const STEADY: ReadonlyMap<string, string> = new Map([
  ...["randAlphaNum", "randAlpha", "randNumeric", "randAscii", "randBytes"].map((name) => [name, 'printf "random%v"'] as const),
  ["randInt", "min"],
  ["shuffle", "print"],
  ["uuidv4", '(print "00000000-0000-4000-8000-000000000000")'],
  ["now", '(toDate "2006-01-02" "2000-01-01")'],
]);

/** Texts, fields and variables, which are no functions, and words. */
const TOKEN = /"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*'|[.$][\w.$]*|\w+/gu;

/** A template in which what is made up anew each time is the same each time. Its lines stay. */
export function withSteadyFunctions(text: string): string {
  let result = "";
  let from = 0;
  for (const { start, end, kind } of actionsOf(text)) {
    if (kind === "comment") continue;
    result += text.slice(from, start) + text.slice(start, end).replaceAll(TOKEN, (token) => STEADY.get(token) ?? token);
    from = end;
  }
  return result + text.slice(from);
}
