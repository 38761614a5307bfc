import type { CommandAlias } from "./define.ts";

const IMAGES = "Holdfast does not scan images yet";
const OPERATOR = "Holdfast's operator is not part of this version; a scheduled `holdfast scan --cluster` does its scans";

/** Kubescape's commands, the more words the earlier. Those that are the same stand here for the documentation. */
export const KUBESCAPE_COMMANDS: readonly CommandAlias[] = [
  { words: ["scan", "image"], meaning: { instead: IMAGES } },
  { words: ["scan", "framework"], meaning: { same: true } },
  { words: ["scan", "control"], meaning: { same: true } },
  { words: ["scan", "workload"], meaning: { same: true } },
  { words: ["list", "controls"], meaning: { same: true } },
  { words: ["list", "frameworks"], meaning: { same: true } },
  { words: ["list", "exceptions"], meaning: { becomes: ["exceptions", "list"] } },
  { words: ["download", "artifacts"], meaning: { same: true } },
  { words: ["download", "attack-tracks"], meaning: { same: true } },
  { words: ["download", "control"], meaning: { same: true } },
  { words: ["download", "controls-inputs"], meaning: { same: true } },
  { words: ["download", "exceptions"], meaning: { same: true } },
  { words: ["download", "framework"], meaning: { same: true } },
  { words: ["config", "view"], meaning: { same: true } },
  { words: ["config", "set"], meaning: { same: true } },
  { words: ["config", "delete", "cache"], meaning: { instead: "Holdfast keeps no cache of policies" } },
  { words: ["config", "delete"], meaning: { becomes: ["config", "unset"] } },
  { words: ["vap", "deploy-library"], meaning: { instead: "Holdfast does not make admission policies yet" } },
  { words: ["vap", "create-policy-binding"], meaning: { instead: "Holdfast does not make admission policies yet" } },
  { words: ["operator", "scan"], meaning: { instead: OPERATOR } },
  { words: ["operator", "remediate"], meaning: { instead: OPERATOR } },
  { words: ["scan"], meaning: { same: true } },
  { words: ["fix"], meaning: { same: true } },
  { words: ["diff"], meaning: { same: true } },
  { words: ["decrypt"], meaning: { same: true } },
  { words: ["patch"], meaning: { instead: IMAGES } },
  { words: ["prerequisites"], meaning: { becomes: ["scan", "--preflight"] } },
  { words: ["mcpserver"], meaning: { instead: "Holdfast has no MCP server yet; `holdfast scan --format json` gives what it would say" } },
  { words: ["completion"], meaning: { same: true } },
  { words: ["version"], meaning: { same: true } },
  {
    words: ["update"],
    meaning: { instead: "Holdfast asks nobody about newer versions; `npm install --global holdfast@latest` installs one" },
  },
  { words: ["submit"], meaning: { instead: "`holdfast scan --submit URL` sends a result to an endpoint of yours" } },
  { words: ["delete"], meaning: { instead: "Holdfast keeps nothing elsewhere that could be deleted" } },
];
