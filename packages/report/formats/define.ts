import type { Result } from "@holdfast/core";

/**
 * What a page for people is about: an overview of what there is to do (security), what failed by control, by resource or by namespace, or how failed controls chain on
 * workloads (attack).
 */
export type View = "security" | "resource" | "control" | "attack" | "namespace";

/** What a format is told beside the result. Only formats for people look at it. */
export interface ReportOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Everything: passed and skipped controls, every finding. */
  readonly verbose: boolean;
  /** Only what calls for action. */
  readonly quiet: boolean;
  readonly view: View;
  /** The way from the root of the repository to the folder that files are named from, ending with `/`; empty where they are the same. */
  readonly sourcePrefix: string;
}

/** What a format writes, piece by piece, so that a large result is never held in memory as one text: text, or bytes where a format is no text. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** One form of the result. A format computes nothing: all it shows is in the result. */
export interface Format {
  /** Writes the result. What is text ends with a newline, but where `quiet` leaves nothing to say. */
  readonly render: (result: Result, options: ReportOptions) => Pieces;
}

/** How a format is called, and where it comes from: a run loads only the formats that it writes. */
export interface FormatEntry {
  /** What `--format` takes. */
  readonly id: string;
  /** One line for help and `list formats`. */
  readonly title: string;
  /** The ending of its files, with the dot; no other format has the same. Null for what belongs on standard output: a terminal or a build log. */
  readonly extension: string | null;
  /** The id of the format that goes to the summary page of a build beside this one, where the build has such a page. */
  readonly stepSummary?: string;
  readonly load: () => Promise<Format>;
}
