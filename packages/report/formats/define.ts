import type { Result } from "@holdfast/core";

/** What a page for people is about: what failed by control, or how failed controls chain on workloads. */
export type View = "control" | "attack";

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

/** One form of the result: how it is called, and how it is written. A format computes nothing: all it shows is in the result. */
export interface Format {
  /** What `--format` takes. */
  readonly id: string;
  /** One line for help and `list formats`. */
  readonly title: string;
  /** The ending of its files, with the dot; no other format has the same. Null for what belongs on a terminal. */
  readonly extension: string | null;
  /** Writes the result, in pieces, so that a large one is never held in memory as one text. Ends with a newline, but where `quiet` leaves nothing to say. */
  readonly render: (result: Result, options: ReportOptions) => Iterable<string>;
}
