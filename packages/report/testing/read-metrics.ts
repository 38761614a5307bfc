/** The series of a text in Prometheus's format and their values, each by its name with its labels. Throws where a line is none, or stands twice. */
export function readMetrics(text: string): ReadonlyMap<string, number> {
  const series = new Map<string, number>();
  for (const line of text.trimEnd().split("\n")) {
    if (/^# (?:HELP [a-z_]+ \S.*|TYPE [a-z_]+ gauge)$/u.test(line)) continue;
    const match = /^(?<name>[a-z_]+(?:\{(?:[a-z_]+="(?:[^"\\]|\\["\\n])*",?)+\})?) (?<value>-?[\d.]+(?:e[+-]?\d+)?)$/u.exec(line)?.groups;
    if (match === undefined) throw new Error(`no series: ${line}`);
    const name = match["name"] ?? "";
    if (series.has(name)) throw new Error(`twice: ${name}`);
    series.set(name, Number(match["value"]));
  }
  return series;
}
