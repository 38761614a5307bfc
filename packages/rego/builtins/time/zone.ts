// Time zones: offsets come from Intl, names and abbreviations from our own table.
import { zoneAbbreviations } from "./zone-abbreviations.ts";

export interface Zone {
  /** Seconds east of Greenwich at a moment, in seconds since 1970. */
  offsetAt(seconds: number): number;
  /** Such as `CET`; digits such as `+0330` where the zone has no letters. */
  abbreviationAt(seconds: number): string;
}

const utc: Zone = { offsetAt: () => 0, abbreviationAt: () => "UTC" };

/** The abbreviations of one offset: each from a moment on. */
type Abbreviations = readonly { readonly from: number; readonly text: string }[];

let linesByName: Map<string, string> | undefined;
const zones: Map<string, Zone> = new Map();

/**
 * The zone of a name of the IANA database, spelled as there; empty, `UTC` and `Local` are UTC, for an evaluation knows no place of its own.
 * Undefined if there is no such zone.
 */
export function findZone(name: string): Zone | undefined {
  if (name === "" || name === "UTC" || name === "Local") return utc;
  const found = zones.get(name);
  if (found !== undefined) return found;
  linesByName ??= readTable();
  const line = linesByName.get(name);
  if (line === undefined) return undefined;
  const zone = makeZone(name, line);
  if (zone !== undefined) zones.set(name, zone);
  return zone;
}

function readTable(): Map<string, string> {
  const byName = new Map<string, string>();
  for (const line of zoneAbbreviations.trim().split("\n")) {
    const [names = "", abbreviations = ""] = line.split("|");
    for (const name of names.split(",")) byName.set(name, abbreviations);
  }
  return byName;
}

function makeZone(name: string, line: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
  const byOffset = new Map(line.split(" ").map(readAbbreviations));
  const offsetAt = (seconds: number): number => readOffset(format, seconds);
  return {
    offsetAt,
    abbreviationAt(seconds) {
      const offset = offsetAt(seconds);
      const text = byOffset.get(offset)?.findLast((one) => one.from <= seconds)?.text;
      if (text === undefined) return offset % 900 === 0 ? digits(offset) : "LMT";
      return text === "%" ? digits(offset) : text;
    },
  };
}

/** Reads `3600:WET,-fkubwc=CET`. */
function readAbbreviations(text: string): [number, Abbreviations] {
  const [offset = "", list = ""] = text.split(":");
  const abbreviations = list.split(",").map((one) => {
    const [from = "", later] = one.split("=");
    return later === undefined ? { from: -Infinity, text: from } : { from: Number.parseInt(from, 36), text: later };
  });
  return [Number(offset), abbreviations];
}

/** Intl tells the offset in words: `GMT-04:56:02`, or `GMT` where it is zero. */
function readOffset(format: Intl.DateTimeFormat, seconds: number): number {
  const name = format.formatToParts(seconds * 1000).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name);
  if (match === null) return 0;
  const offset = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === "-" ? -offset : offset;
}

function digits(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${hours}${minutes % 60 === 0 ? "" : String(minutes % 60).padStart(2, "0")}`;
}
