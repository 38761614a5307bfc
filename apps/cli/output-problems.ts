import type { ProblemCatalogue } from "@holdfast/core";

/** What can go wrong while a result is written. */
export const OUTPUT_PROBLEMS: ProblemCatalogue<"output-not-written"> = {
  "output-not-written": {
    stage: "report",
    effect: "degraded",
    title: "An output could not be written",
    explanation: "The scan is done and every other output was written; this one was not. The run ends with exit code 4.",
    remedy: "Name a path in a folder that exists and can be written, with room on its disk.",
  },
};
