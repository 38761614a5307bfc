/** What a test of JUnit's form says. */
export interface ReadCase {
  readonly name: string;
  readonly classname: string;
  /** "passed", or the element that says otherwise. */
  readonly outcome: string;
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

/** A report in JUnit's form, as far as Holdfast writes it. */
export interface ReadReport {
  readonly totals: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly ReadCase[];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(?<code>\d+)|(?<name>\w+));/gu, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (ENTITIES[name ?? ""] ?? whole) : String.fromCodePoint(Number(code)),
  );
}

function attributes(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/(?<name>[a-z]+)="(?<value>[^"]*)"/gu)].map((match) => [match[1] ?? "", unescaped(match[2] ?? "")]),
  );
}

/** Reads a report. */
export function readJunit(xml: string): ReadReport {
  const [, totals = ""] = /<testsuites(?<attributes>[^>]*)>/u.exec(xml) ?? [];
  const suite = xml.slice(0, xml.indexOf("</properties>"));
  const properties = [...suite.matchAll(/<property (?<attributes>[^>]*)\/>/gu)].map((match) => attributes(match[1] ?? ""));
  const cases = [
    ...xml.matchAll(/<testcase(?<own>[^>]*?)(?:\/>|>\s*<(?<outcome>\w+)(?<more>[^>]*)>(?<text>[^<]*)<\/\w+>\s*<\/testcase>)/gu),
  ].map(({ groups = {} }): ReadCase => {
    const { name = "", classname = "" } = attributes(groups["own"] ?? "");
    const { type = "", message = "" } = attributes(groups["more"] ?? "");
    return { name, classname, outcome: groups["outcome"] ?? "passed", type, message, text: unescaped(groups["text"] ?? "") };
  });
  return {
    totals: attributes(totals),
    properties: Object.fromEntries(properties.map(({ name = "", value = "" }) => [name, value])),
    cases,
  };
}
