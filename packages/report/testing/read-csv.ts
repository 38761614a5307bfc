/** The records of a table in RFC 4180, by the names of its head. Throws where the text is none. */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/(?:"(?<quoted>(?:[^"]|"")*)"|(?<bare>[^",\r\n]*))(?<end>,|\r\n)/gsu)) {
    row.push(match.groups?.["quoted"]?.replaceAll('""', '"') ?? match.groups?.["bare"] ?? "");
    if (match.groups?.["end"] === ",") continue;
    rows.push(row);
    row = [];
  }
  const [head = [], ...records] = rows;
  return records.map((record) => {
    if (record.length !== head.length)
      throw new Error(`a record of ${record.length} fields under a head of ${head.length}: ${record.join(",")}`);
    return Object.fromEntries(head.map((name, column) => [name, record[column] ?? ""]));
  });
}
