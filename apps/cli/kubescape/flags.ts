import type { FlagAlias, FlagMeaning } from "./define.ts";

const same: FlagMeaning = { same: true };

function flag(names: string, takesValue: boolean, meaning: FlagMeaning): FlagAlias {
  return { names: names.split(" "), takesValue, meaning };
}

const NO_ACCOUNT = "Holdfast has no accounts and asks no backend: leave it out. `--submit URL` sends results to an endpoint of yours";
const IMAGES = "Holdfast does not scan images yet";

/** The format for people by its name here. What other names mean stays: `json` is Holdfast's own result. */
function formatNames(value: string): string {
  return value
    .split(",")
    .map((name) => (name === "pretty-printer" || name === "pretty-print" ? "pretty" : name))
    .join(",");
}

/** Kubescape's flags of all commands. Those that are the same stand here for the documentation. */
export const KUBESCAPE_FLAGS: readonly FlagAlias[] = [
  flag("--server", true, { instead: NO_ACCOUNT }),
  flag("--logger", true, { always: "messages are few and go to standard error; `--quiet` and `--verbose` change what a page shows" }),
  // With kubectl and others -l selects labels: what is no level must not be lost.
  flag("-l", true, {
    always: "as --logger; objects are selected by `--selector`",
    values: ["debug", "info", "success", "warning", "error", "fatal"],
  }),
  flag("--logger-name", true, { always: "there is one form of messages" }),
  flag("--cache-dir", true, { always: "policies are inside the program, so that none are kept elsewhere" }),
  flag("--kube-context", true, { becomes: "--cluster" }),
  flag("--environment --env", true, { instead: NO_ACCOUNT }),

  flag("--use-from", true, same),
  flag("--use-artifacts-from", true, same),
  flag("--use-default", false, { always: "policies are inside the program" }),
  flag("--controls-version", true, {
    instead: "the library is part of the program; `holdfast library update` installs another, checked by its signature",
  }),
  flag("--controls-config", true, same),
  flag("--exceptions", true, same),
  flag("--custom-rules", true, same),
  flag("--account", true, { instead: NO_ACCOUNT }),
  flag("--access-key", true, { instead: NO_ACCOUNT }),

  flag("--exclude-controls", true, { becomes: "--exclude-control" }),
  flag("--skip-controls", true, { becomes: "--exclude-control" }),
  flag("--include-controls", true, {
    instead: "it takes names of rules; `--control` takes ids of controls (see `holdfast list controls`)",
  }),

  flag("--exclude-namespaces", true, same),
  { ...flag("-e", true, { becomes: "--exclude-namespaces" }), command: "scan" },
  flag("--include-namespaces", true, same),
  flag("--include-kinds", true, same),
  flag("--exclude-kinds", true, same),
  flag("--label-selector", true, { becomes: "--selector" }),
  flag("--exclude-path", true, { instead: "list it in a file .holdfastignore, in the form of .gitignore" }),
  flag("--no-ignore-file", false, { instead: "name the files on the command line: what is named is read, ignored or not" }),

  flag("--honor-inline-exceptions", false, same),
  flag("--audit-exceptions", false, { instead: "`holdfast exceptions audit` says what each exception does" }),

  flag("--compliance-threshold", true, same),
  flag("--severity-threshold", true, same),
  flag("--fail-coverage-below", true, { becomes: "--coverage-threshold" }),
  flag("--fail-on-degraded-config", false, {
    always: "a policy, exception or parameter file that can't be used ends the run with exit code 2",
  }),
  flag("--only-fixable", false, { instead: IMAGES }),
  flag("--baseline", true, same),
  flag("--baseline-fail-on-new", false, { becomes: "--fail-on-new" }),
  flag("--baseline-severity-threshold", true, {
    instead: "`--baseline FILE --new-only --severity-threshold SEVERITY` gates new findings by severity",
  }),
  flag("--baseline-granularity", true, { always: "findings are compared one by one, by their fingerprints" }),
  flag("--fail-threshold -t", true, {
    instead: "Kubescape reads it and ignores it: there is no gate behind it. `--compliance-threshold` is one",
  }),

  flag("--format", true, { becomes: "--format", value: formatNames }),
  flag("-f", true, { becomes: "--format", value: formatNames }),
  flag("--output -o", true, same),
  flag("--verbose -v", false, same),
  flag("--view", true, same),
  flag("--min-severity", true, {
    instead: "a page shows the worst first; the formats html, csv and json can be filtered; `--severity-threshold` gates",
  }),
  flag("--max-severity", true, {
    instead: "a page shows the worst first; the formats html, csv and json can be filtered; `--severity-threshold` gates",
  }),
  flag("--show-evidence -E", false, { always: "evidence is always shown" }),
  flag("--show-secrets", false, { instead: "secrets are masked in every output, always; the place that is shown leads to them" }),
  flag("--hide", false, same),
  flag("--encrypt", false, {
    same: true,
    note: "in the form of age, by the passphrase in `KUBESCAPE_MASTER_KEY` or `HOLDFAST_ENCRYPTION_KEY`",
  }),
  flag("--labels-to-copy", true, { instead: "no format copies labels; results name kind, namespace and name" }),
  flag("--format-version", true, { always: "kubescape-json is Kubescape's JSON v2" }),
  flag("--omit-raw-resources", false, { always: "results never hold whole objects" }),
  flag("--print-attack-tree", false, { becomes: "--view=attack" }),

  flag("--kubeconfig", true, same),
  flag("--cluster-name", true, { instead: "the context names the cluster: `--cluster=CONTEXT`" }),
  flag("--host-scan", false, { always: "host data objects are read where the cluster has them" }),
  { ...flag("--dry-run", false, { becomes: "--preflight" }), command: "scan" },
  flag("--enable-streaming", false, { always: "a cluster is always read page by page" }),
  flag("--incremental", true, { instead: "leave it out: a scan is fast enough to be whole" }),
  flag("--scan-timeout", true, { instead: "leave it out: a scan that hangs ends by the time limits of the tools and requests behind it" }),
  flag("--control-timeout", true, {
    instead: "leave it out: the library's controls take milliseconds; `--custom-rule-timeout` limits rules of your own",
  }),

  flag("--scan-images", false, { instead: IMAGES }),
  flag("--image-scan-concurrency", true, { instead: IMAGES }),
  flag("--image-platform", true, { instead: IMAGES }),
  flag("--registry-mapping", true, { instead: IMAGES }),
  flag("--registry-username", true, { instead: "logins come from Docker's configuration (DOCKER_CONFIG, DOCKER_AUTH_CONFIG)" }),
  flag("--registry-password", true, { instead: "logins come from Docker's configuration (DOCKER_CONFIG, DOCKER_AUTH_CONFIG)" }),
  flag("--registry-token", true, { instead: "logins come from Docker's configuration (DOCKER_CONFIG, DOCKER_AUTH_CONFIG)" }),
  flag("--registry-authority", true, { instead: "logins come from Docker's configuration (DOCKER_CONFIG, DOCKER_AUTH_CONFIG)" }),
  flag("--use-default-matchers", false, { instead: IMAGES }),
  flag("--grype-db-url", true, { instead: IMAGES }),
  flag("--skip-db-update", false, { instead: IMAGES }),

  flag("--values", true, same),
  flag("--set", true, same),
  flag("--set-string", true, same),
  flag("--set-file", true, same),
  flag("--release-name", true, same),
  flag("--release-namespace", true, same),

  flag("--namespace -n", true, { instead: "write the namespace before the kind: `holdfast scan workload NAMESPACE/KIND/NAME`" }),
  flag("--api-version", true, { instead: "write it behind the kind: `holdfast scan workload NAMESPACE/KIND.VERSION.GROUP/NAME`" }),
  flag("--file-path", true, { instead: "`holdfast scan FILE --include-kinds KIND` judges the objects of a file" }),
  flag("--chart-path", true, { instead: "`holdfast scan CHART` judges a chart as a whole, each finding at its line" }),

  flag("--fail-on-new", false, same),
  flag("--granularity", true, { always: "findings are compared one by one, by their fingerprints" }),

  { ...flag("--no-confirm", false, { becomes: "--yes" }), command: "fix" },
  { ...flag("--skip-user-values", false, { always: "what a person must choose is asked or listed, never made up" }), command: "fix" },

  flag("--submit", true, { same: true, note: "with the address to send to behind it: there is no service that results go to" }),
  flag("--keep-local", false, same),
  flag("--enable-rego-prints", false, { instead: "`holdfast rego eval` shows what print writes" }),
];
