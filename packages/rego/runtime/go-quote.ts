// Quotes text as Go's strconv does, which is how Rego shows strings inside of other values. https://pkg.go.dev/strconv#Quote

const plain = /^[ !#-[\]-~]*$/;
/** What Go calls printable: letters, marks, numbers, punctuation, symbols, and the ordinary space. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const named: ReadonlyMap<string, string> = new Map([
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\\", "\\\\"],
]);

/** The text in double quotes. With `asciiOnly`, whatever is not ASCII is escaped too. */
export function goQuote(text: string, asciiOnly = false): string {
  return plain.test(text) ? `"${text}"` : quoteWith(text, '"', asciiOnly);
}

/** A character in single quotes, as Go writes it in its sources. */
export function goQuoteRune(character: string, asciiOnly = false): string {
  return quoteWith(character, "'", asciiOnly);
}

function quoteWith(text: string, quote: string, asciiOnly: boolean): string {
  let result = quote;
  for (const character of text) {
    const name = named.get(character);
    if (name !== undefined) result += name;
    else if (character === quote) result += `\\${quote}`;
    else result += escape(character, asciiOnly);
  }
  return result + quote;
}

function escape(character: string, asciiOnly: boolean): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x80 || !asciiOnly) {
    if (printable.test(character)) return character;
  }
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  // A lone surrogate cannot stand in Go's UTF-8; what gets there instead is the replacement character.
  if (code >= 0xd800 && code <= 0xdfff) return asciiOnly ? "\\ufffd" : "\ufffd";
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
