// Layouts of Go: a date is written as the reference time Mon Jan 2 15:04:05 MST 2006 would be. https://pkg.go.dev/time#pkg-constants

/** A part of a layout: text that stands for itself, or a field of a date. */
export type LayoutPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly field: Field }
  /** Fractions of a second: `digits` zeros or nines behind `separator`; nines leave out zeros at the end. */
  | { readonly kind: "fraction"; readonly separator: string; readonly digits: number; readonly trimmed: boolean };

const fields = [
  // Longer ones first: the first that matches is the field.
  "January",
  "Jan",
  "Monday",
  "Mon",
  "MST",
  "002",
  "01",
  "02",
  "03",
  "04",
  "05",
  "06",
  "15",
  "1",
  "2006",
  "2",
  "__2",
  "_2",
  "3",
  "4",
  "5",
  "PM",
  "pm",
  "-070000",
  "-07:00:00",
  "-0700",
  "-07:00",
  "-07",
  "Z070000",
  "Z07:00:00",
  "Z0700",
  "Z07:00",
  "Z07",
] as const;

export type Field = (typeof fields)[number];

const fieldsByStart: ReadonlyMap<string, readonly Field[]> = Map.groupBy(fields, (field) => field.charAt(0));

const named: ReadonlyMap<string, string> = new Map([
  ["ANSIC", "Mon Jan _2 15:04:05 2006"],
  ["UnixDate", "Mon Jan _2 15:04:05 MST 2006"],
  ["RubyDate", "Mon Jan 02 15:04:05 -0700 2006"],
  ["RFC822", "02 Jan 06 15:04 MST"],
  ["RFC822Z", "02 Jan 06 15:04 -0700"],
  ["RFC850", "Monday, 02-Jan-06 15:04:05 MST"],
  ["RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"],
  ["RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"],
  ["RFC3339", "2006-01-02T15:04:05Z07:00"],
  ["RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"],
]);

export const rfc3339 = "2006-01-02T15:04:05Z07:00";
export const rfc3339Nano = "2006-01-02T15:04:05.999999999Z07:00";

/** The layout of a name such as `RFC1123`, or the text itself. */
export function resolveLayout(layout: string): string {
  return named.get(layout) ?? layout;
}

/** The parts of a layout, in order. Texts that follow each other are one part. */
export function parseLayout(layout: string): LayoutPart[] {
  const parts: LayoutPart[] = [];
  let text = "";
  let at = 0;
  while (at < layout.length) {
    const part = partAt(layout, at);
    if (part === undefined) {
      text += layout.charAt(at);
      at++;
      continue;
    }
    if (text !== "") parts.push({ kind: "text", text });
    text = "";
    parts.push(part);
    at += part.kind === "field" ? part.field.length : part.kind === "fraction" ? part.digits + 1 : 0;
  }
  if (text !== "") parts.push({ kind: "text", text });
  return parts;
}

function partAt(layout: string, at: number): LayoutPart | undefined {
  const start = layout.charAt(at);
  if (start === "." || start === ",") return fractionAt(layout, at);
  // The underscore of `_2006` is no padding, but a text in front of the year.
  if (layout.startsWith("_2006", at)) return undefined;
  const field = fieldsByStart.get(start)?.find((one) => layout.startsWith(one, at));
  if (field === undefined) return undefined;
  if ((field === "Jan" || field === "Mon") && /^[a-z]/.test(layout.slice(at + 3, at + 4))) return undefined;
  return { kind: "field", field };
}

function fractionAt(layout: string, at: number): LayoutPart | undefined {
  const match = /^[.,](0+|9+)(?!\d)/.exec(layout.slice(at));
  if (match === null) return undefined;
  const digits = match[1] as string;
  return { kind: "fraction", separator: layout.charAt(at), digits: digits.length, trimmed: digits.startsWith("9") };
}
