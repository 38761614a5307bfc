// Some RE2 patterns mean the same to JavaScript's own engine and cannot make it slow. They are most of those in use, and run ten times as fast there.
//
// What is taken over is deliberately little: characters, simple classes, groups without a quantifier, anchors at the ends, and quantifiers on
// single characters and classes. A backtracking engine is linear on them if there is at most one quantifier without an upper bound, and it is
// tried from one place only (behind `^`) or has nothing behind it that could fail. Two further quantifiers may vary within narrow bounds.
// Alternatives are taken over only where nothing in them is unbounded.

const literal = /^[^\\.+*?()|[\]{}^$\p{C}\P{ASCII}]/u;
const escapedPunctuation = /^\\[\\.+*?()|[\]{}^$\-/]/;
const characterSet = /^\\[dDwW]/;
const whiteSpace = /^\\s/;
const simpleClass =
  /^\[\^?-?(?:\\[dsw\\.+*?()|[\]{}^$\-/]|[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[\w.,:;/@#%&=!~"'<>` +*?(){}|$](?!-[^\]]))+-?\]/;
const quantifier = /^(?:[*+?]|\{(\d{1,2})(?:,(\d{1,2}))?\})/;

/** The patterns for JavaScript's engine, matching as RE2 does on text without surrogates; undefined where that is not certain. */
export function nativePattern(pattern: string): RegExp | undefined {
  if (pattern.length > 1000) return undefined;
  const translator = new Translator(pattern);
  const source = translator.translate();
  // Without `m` and `s`, and with `.` and `\s` spelled out, there is no flag that matters. `d` and `g` serve the caller.
  return source === undefined ? undefined : new RegExp(source, "g");
}

class Translator {
  private rest: string;
  private output = "";
  private depth = 0;
  private groups = 0;
  private unbounded = 0;
  private varying = 0;
  private alternatives = 1;
  private anchored = false;
  /** Whether anything stands behind the unbounded quantifier. */
  private followed = false;

  constructor(pattern: string) {
    this.rest = pattern;
  }

  translate(): string | undefined {
    this.anchored = this.rest.startsWith("^");
    while (this.rest !== "") {
      if (!this.element()) return undefined;
    }
    return this.depth === 0 && this.isLinear() ? this.output : undefined;
  }

  private isLinear(): boolean {
    if (this.varying > 2 || this.unbounded > 1) return false;
    if (this.alternatives > 1) return this.unbounded === 0 && this.groups === 0;
    return this.unbounded === 0 || this.anchored || !this.followed;
  }

  private element(): boolean {
    if (this.rest.startsWith("(?:")) return this.open("(?:");
    if (this.rest.startsWith("(") && this.rest[1] !== "?") return this.open("(");
    if (this.rest.startsWith(")")) return this.close();
    if (this.rest.startsWith("^")) return this.output === "" && this.take("^", "^");
    if (this.rest.startsWith("$")) return this.rest === "$" && this.end();
    if (this.rest.startsWith("|")) return this.alternative();
    return this.atom();
  }

  private open(parenthesis: string): boolean {
    this.depth++;
    this.groups++;
    return this.take(parenthesis, parenthesis);
  }

  private close(): boolean {
    this.depth--;
    this.take(")", ")");
    return this.depth >= 0 && !quantifier.test(this.rest);
  }

  private end(): boolean {
    this.followed = true;
    return this.take("$", "$");
  }

  private alternative(): boolean {
    this.alternatives++;
    // An anchor would belong to one alternative only.
    return !this.anchored && this.depth === 0 && this.take("|", "|");
  }

  private atom(): boolean {
    if (this.unbounded > 0) this.followed = true;
    if (this.rest.startsWith(".")) this.take(".", "[^\\n]");
    else if (whiteSpace.test(this.rest)) this.take("\\s", "[\\t\\n\\f\\r ]");
    else {
      const match =
        literal.exec(this.rest) ?? escapedPunctuation.exec(this.rest) ?? characterSet.exec(this.rest) ?? simpleClass.exec(this.rest);
      if (match === null) return false;
      this.take(
        match[0],
        match[0].replaceAll(/\\[^s]|\\s/g, (escape) => (escape === "\\s" ? "\\t\\n\\f\\r " : escape)),
      );
    }
    return this.quantified();
  }

  private quantified(): boolean {
    const match = quantifier.exec(this.rest);
    // A brace that begins no quantifier is a character to RE2, and stays with it.
    if (match === null) return !/^[{*+?]/.test(this.rest);
    const [text, low, high] = match;
    this.take(text, text);
    if (/^[*+?{]/.test(this.rest)) return false;
    if (text === "*" || text === "+") this.unbounded++;
    else if (text === "?" || (high !== undefined && high !== low)) this.varying++;
    return low === undefined || high === undefined || Number(low) <= Number(high);
  }

  private take(text: string, translated: string): true {
    this.rest = this.rest.slice(text.length);
    this.output += translated;
    return true;
  }
}
