import type { RenderingOptions, RenderingPorts } from "@holdfast/posture";
import type { Environment } from "../environment.ts";
import type { Machine } from "./machine.ts";

/** What inputs are rendered with. `close` ends what still runs and removes what was written; it must be called, however the scan ends. */
export interface Rendering {
  readonly ports: RenderingPorts;
  readonly close: () => void;
}

/** The machine's tools and a temporary folder. Neither is touched, nor the code for them loaded, before something is to be rendered. */
export function renderingPorts(options: RenderingOptions, network: boolean, environment: Environment): Rendering {
  let opened: Machine | undefined;
  const machine = async (): Promise<Machine> => {
    const { openMachine } = await import("./machine.ts");
    opened ??= openMachine(environment, network);
    return opened;
  };
  return {
    ports: {
      network,
      options,
      tools: {
        run: async (tool, args, how) => (await machine()).tools.run(tool, args, how),
        version: async (tool) => (await machine()).tools.version(tool),
        used: async () => opened?.tools.used() ?? [],
      },
      scratch: {
        makeFolder: async (name) => (await machine()).scratch.makeFolder(name),
        writeFile: async (path, content) => (await machine()).scratch.writeFile(path, content),
      },
    },
    close: () => opened?.close(),
  };
}
