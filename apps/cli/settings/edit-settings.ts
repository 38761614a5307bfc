import type { SettingValue } from "./settings-file.ts";

/** A scalar as YAML that reads back as the same value. JSON's strings are YAML's. */
function scalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  const plain = /^[A-Za-z][\w./-]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(value);
  return plain ? value : JSON.stringify(value);
}

function entry(key: string, value: SettingValue): string {
  return `${key}: ${typeof value === "object" ? `[${value.map(scalar).join(", ")}]` : scalar(value)}`;
}

/** Where the entry of a key stands, as lines from, up to and not including. Comments and blank lines before the next key belong to that. */
function spanOf(lines: readonly string[], line: number): { readonly from: number; readonly to: number } {
  let to = line;
  for (let at = line; at < lines.length; at++) {
    const text = lines[at] ?? "";
    if (/^\s+[^\s#]/u.test(text) || /^-(?:\s|$)/u.test(text)) to = at + 1;
    else if (text.trim() !== "" && !/^\s*#/u.test(text)) break;
  }
  return { from: line - 1, to };
}

/** A text of settings with one of them set, or taken out where the value is null. All else stays byte for byte. `line` is where the key stands now, if it does. */
export function withSetting(text: string, key: string, line: number | undefined, value: SettingValue | null): string {
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/u);
  if (line !== undefined) {
    const { from, to } = spanOf(lines, line);
    const comment = to - from === 1 ? (/\s+#.*$/u.exec(lines[from] ?? "")?.[0] ?? "") : "";
    lines.splice(from, to - from, ...(value === null ? [] : [`${entry(key, value)}${comment}`]));
    return lines.join(ending);
  }
  if (value === null) return text;
  const whole = text === "" || text.endsWith("\n") ? text : `${text}${ending}`;
  return `${whole}${entry(key, value)}${ending}`;
}
