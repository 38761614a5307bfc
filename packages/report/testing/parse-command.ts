/** A workflow command as GitHub's runner reads it. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

function unescaped(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
}

/** The commands in a build log. The runner takes a line for one that begins with `::`, after spaces. */
export function commandsIn(log: string): readonly WorkflowCommand[] {
  return log.split(/\r\n|\r|\n/u).flatMap((line) => {
    const match = /^\s*::(?<name>[^ :]+)(?: (?<pairs>.*?))?::(?<message>.*)$/u.exec(line)?.groups;
    if (match === undefined) return [];
    const pairs = (match["pairs"] ?? "").split(",").filter((pair) => pair !== "");
    const properties = Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), unescaped(pair.slice(pair.indexOf("=") + 1))]),
    );
    return [{ name: match["name"] ?? "", properties, message: unescaped(match["message"] ?? "") }];
  });
}
