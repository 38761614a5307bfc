import { PARAMETERS, SELECTION, type Lock } from "./lock-fact.ts";

const HELD = [
  [SELECTION, "how the objects to judge are chosen"],
  [PARAMETERS, "by which parameters they are judged"],
] as const;

/** What each lock holds now and this one does not, since it was made by a version that did not know of it. */
export function notHeld({ facts }: Lock): readonly string[] {
  const subjects = [...facts.values()].map(({ subject }) => subject);
  return HELD.flatMap(([begin, what]) => (subjects.some((subject) => subject.startsWith(begin)) ? [] : [what]));
}
