import type { ProblemCatalogue } from "@holdfast/core";

/** What can go wrong while a result is written. */
export const OUTPUT_PROBLEMS: ProblemCatalogue<"output-not-written" | "result-not-sent"> = {
  "output-not-written": {
    stage: "report",
    effect: "degraded",
    title: "An output could not be written",
    explanation: "The scan is done and every other output was written; this one was not. The run ends with exit code 4.",
    remedy: "Name a path in a folder that exists and can be written, with room on its disk.",
  },
  "result-not-sent": {
    stage: "report",
    effect: "degraded",
    title: "The result could not be sent",
    explanation:
      "The scan is done and every other output was written; the address of --submit did not take the result. It was tried a few times where that could help. The run ends with exit code 4.",
    remedy:
      "Correct the address or the token in HOLDFAST_SUBMIT_TOKEN; send a stored result with `holdfast report RESULT.json --submit URL`.",
  },
};
