/** Programs of the user's machine that inputs are rendered or fetched with. */
export type ToolName = "helm" | "kustomize" | "kubectl" | "git";

export interface ToolRun {
  /** The folder that it runs in. */
  readonly cwd: string;
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Of standard output and of standard error, each. */
  readonly maxOutputBytes: number;
  /** Variables beside those that the runner gives to every tool. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A tool that ran to its end, whatever it ended with; or why it did not. */
export type ToolOutcome =
  | { readonly code: number; readonly stdout: string; readonly stderr: string }
  | {
      readonly failure: "not-found" | "not-runnable" | "timed-out" | "too-much-output" | "too-much-memory" | "killed";
      readonly stderr: string;
    };

/**
 * Runs tools; a program passes this in. No shell is involved. A tool gets a process group of its own, which is ended as a whole when the time is up, when it
 * writes too much, and when the program ends. Its environment is its own: no settings, plug-ins or credentials of the user's, and, unless the network is
 * allowed, proxies that lead nowhere.
 */
export interface ToolRunner {
  readonly run: (tool: ToolName, args: readonly string[], options: ToolRun) => Promise<ToolOutcome>;
  /** The version as the tool says it, `v3.21.4` say; null where there is no such tool. It is asked once. */
  readonly version: (tool: ToolName) => Promise<string | null>;
  /** The tools that were run, by name, with their versions. */
  readonly used: () => Promise<readonly { readonly name: ToolName; readonly version: string }[]>;
}

/** A temporary folder of the scan's. The program removes it however the scan ends. */
export interface ScratchFolder {
  /** Makes a new folder in it and returns its absolute path; `name` is for whoever looks. */
  readonly makeFolder: (name: string) => Promise<string>;
  /** Writes a file at an absolute path in it, and the folders above. Rejects paths that lead out of it. */
  readonly writeFile: (path: string, content: string | Uint8Array) => Promise<void>;
}

/** A machine without tools. */
export const NO_TOOLS: ToolRunner = {
  run: async () => ({ failure: "not-found", stderr: "" }),
  version: async () => null,
  used: async () => [],
};

/** No place to write to, for a machine without tools: what is written there nobody reads. */
export const NO_SCRATCH: ScratchFolder = {
  makeFolder: async () => "/",
  writeFile: async () => {},
};
