// References to types, such as `[Int!]`. https://spec.graphql.org/October2021/#sec-Type-References
import type { Node } from "./node.ts";
import { child, flag, text } from "./node.ts";

/** The name at the heart of a type, without lists. */
export function namedType(type: Node): string {
  const element = child(type, "Elem");
  return element === undefined ? text(type, "NamedType") : namedType(element);
}

/** As it is written in a schema. */
export function typeText(type: Node): string {
  const element = child(type, "Elem");
  return (element === undefined ? text(type, "NamedType") : `[${typeText(element)}]`) + (flag(type, "NonNull") ? "!" : "");
}

/** The type without its mark that nothing is no value. */
export function nullable(type: Node): Node {
  return { ...type, NonNull: false };
}

/** Whether a value of one type can stand where the other is wanted, both being types of inputs. */
export function isAssignable(type: Node, wanted: Node): boolean {
  if (flag(wanted, "NonNull")) return flag(type, "NonNull") && isAssignable(nullable(type), nullable(wanted));
  const [element, wantedElement] = [child(type, "Elem"), child(wanted, "Elem")];
  if (element !== undefined || wantedElement !== undefined) {
    return element !== undefined && wantedElement !== undefined && isAssignable(element, wantedElement);
  }
  return text(type, "NamedType") === text(wanted, "NamedType");
}
