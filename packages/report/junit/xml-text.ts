const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** A text as content of an element. Characters that XML 1.0 can't hold, even escaped, become U+FFFD. */
export function xmlText(text: string): string {
  return text.replaceAll(NOT_IN_XML, "\uFFFD").replaceAll(/[&<>\r]/gu, (character) => ENTITIES[character] ?? "");
}

/** Attributes with a space before each, in the order given; those that are undefined are left out. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    const escaped = String(value)
      .replaceAll(NOT_IN_XML, "\uFFFD")
      .replaceAll(/[&<>"\t\n\r]/gu, (character) => ENTITIES[character] ?? "");
    text += ` ${name}="${escaped}"`;
  }
  return text;
}
