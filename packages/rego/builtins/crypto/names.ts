// Distinguished names, as Go's pkix.Name shows them. Format: RFC 5280, section 4.1.2.4.
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import type { DerValue } from "./der.ts";
import { derChildren, derTag, DerError, expectTag, readOid, readText } from "./der.ts";

/** Go's fields for the attributes 2.5.4.x; the first two hold one value, the others lists. */
const fieldOf: ReadonlyMap<number, string> = new Map([
  [3, "CommonName"],
  [5, "SerialNumber"],
  [6, "Country"],
  [7, "Locality"],
  [8, "Province"],
  [9, "StreetAddress"],
  [10, "Organization"],
  [11, "OrganizationalUnit"],
  [17, "PostalCode"],
]);
const single: ReadonlySet<string> = new Set(["CommonName", "SerialNumber"]);

export function readName(name: DerValue): PlainObject {
  const fields: Record<string, RegoValue> = {};
  for (const field of fieldOf.values()) fields[field] = single.has(field) ? "" : null;
  const names: PlainObject[] = [];
  for (const set of derChildren(name)) {
    for (const attribute of derChildren(set, derTag.set)) {
      const [type, value] = derChildren(attribute);
      expectTag(type, derTag.oid);
      const oid = readOid(type);
      const text = value === undefined ? undefined : readText(value);
      if (text === undefined) throw new DerError("x509: invalid RDNSequence: invalid attribute value");
      names.push({ Type: oid, Value: text });
      const field = oid.length === 4 && oid.slice(0, 3).join(".") === "2.5.4" ? fieldOf.get(oid[3] as number) : undefined;
      if (field === undefined) continue;
      fields[field] = single.has(field) ? text : [...((fields[field] as readonly string[] | null) ?? []), text];
    }
  }
  return { ...fields, Names: names.length === 0 ? null : names, ExtraNames: null };
}
