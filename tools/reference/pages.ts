import { commandsPage } from "./commands-page.ts";
import { problemsPage } from "./problems-page.ts";

/** The pages of docs/reference that are made from the source: the name of each file, and what makes its text. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  "commands.md": commandsPage,
  "problems.md": problemsPage,
};
