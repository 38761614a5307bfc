import { commandsPage } from "./commands-page.ts";
import { formatsPage } from "./formats-page.ts";
import { kubescapePage } from "./kubescape-page.ts";
import { metricsPage } from "./metrics-page.ts";
import { problemsPage } from "./problems-page.ts";
import { resultPage } from "./result-page.ts";

/** The pages of docs/reference, and one beside it, that are made from the source: the name of each file, and what makes its text. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  "../from-kubescape.md": kubescapePage,
  "commands.md": commandsPage,
  "formats.md": formatsPage,
  "metrics.md": metricsPage,
  "problems.md": problemsPage,
  "result.md": resultPage,
};
