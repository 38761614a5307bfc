import type { ControlRequest, PosturePorts, PostureRequest } from "@holdfast/posture";
import type { Environment } from "./environment.ts";
import { loadLibrary } from "./load-library.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";

/** What a scan judges by. */
export interface Policies {
  readonly ports: Pick<PosturePorts, "library" | "customRules">;
  readonly controls: ControlRequest;
  readonly settings: Pick<PostureRequest, "parameters">;
}

/** Loads the library, users' own rules and their frameworks. Throws `UsageError` for what can't be used of these. */
export async function loadPolicies(configuration: ScanConfiguration, environment: Environment): Promise<Policies> {
  const { customRules: options, controlsConfig, frameworkFiles, controls } = configuration;
  const { workingFolder } = environment;
  // Without --allow-network the part that could ask is not even loaded.
  const signatures = configuration.allowNetwork ? (await import("./ask-registries.ts")).askRegistries(environment) : null;
  const library = await loadLibrary(signatures);
  const settings =
    controlsConfig === undefined
      ? {}
      : { parameters: (await import("./controls-config.ts")).readControlsConfig(controlsConfig, library.library, workingFolder) };
  const customRules =
    options.paths.length === 0
      ? undefined
      : await (await import("./custom-rules.ts")).loadCustomRules(options, library.library, workingFolder);
  const ports = { library, ...(customRules === undefined ? {} : { customRules }) };
  if (frameworkFiles.length === 0) return { ports, controls, settings };
  const { loadFrameworkFiles } = await import("./framework-files.ts");
  const nameable = { ...library.library, controls: [...library.library.controls, ...(customRules?.controls ?? [])] };
  const frameworks = loadFrameworkFiles(frameworkFiles, nameable, workingFolder);
  return {
    ports: {
      ...ports,
      library: { ...library, library: { ...library.library, frameworks: [...library.library.frameworks, ...frameworks] } },
    },
    controls: { ...controls, frameworks: [...controls.frameworks, ...frameworks.map(({ id }) => id)] },
    settings,
  };
}
