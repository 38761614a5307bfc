import type { Library } from "@holdfast/core";
import {
  libraryWith,
  type CompiledLibrary,
  type ControlRequest,
  type CustomRules,
  type PosturePorts,
  type PostureRequest,
} from "@holdfast/posture";
import type { Environment } from "./environment.ts";
import { chosenLibrary } from "./library/chosen-library.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";

/** What a scan judges by. */
export interface Policies {
  readonly ports: Pick<PosturePorts, "library" | "customRules" | "problems">;
  readonly controls: ControlRequest;
  readonly settings: Pick<PostureRequest, "parameters">;
}

/** Policies of others instead of the library, or beside it. */
interface BasePolicies {
  readonly library: CompiledLibrary;
  readonly problems: NonNullable<PosturePorts["problems"]>;
  /** Rules that are no part of the compiled library. */
  readonly rules: CustomRules["rules"];
}

async function loadBase({ artifacts, allowNetwork, builtInLibrary }: ScanConfiguration, environment: Environment): Promise<BasePolicies> {
  // Without --allow-network the part that could ask is not even loaded.
  const signatures = allowNetwork ? (await import("./ask-registries.ts")).askRegistries(environment) : null;
  const { library, problems } = await chosenLibrary(environment.dataFolder, builtInLibrary, signatures);
  if (artifacts.files.length + artifacts.folders.length === 0) return { library, problems, rules: [] };
  const { loadArtifacts } = await import("./artifacts.ts");
  const read = loadArtifacts(artifacts, library.library, environment.workingFolder);
  return { library: { library: read.library, program: () => null }, problems: [...problems, ...read.problems], rules: read.rules };
}

/** The rules that are evaluated in a sandbox: a user's own, and those of policy files. */
async function loadStrangersRules(
  configuration: ScanConfiguration,
  base: BasePolicies,
  workingFolder: string,
): Promise<CustomRules | undefined> {
  const { customRules: options } = configuration;
  const known = libraryWith(base.library.library, { controls: [], rules: base.rules });
  if (options.paths.length > 0) {
    const custom = await (await import("./custom-rules.ts")).loadCustomRules(options, known, workingFolder);
    return { ...custom, rules: [...base.rules, ...custom.rules] };
  }
  if (base.rules.length === 0) return undefined;
  const { evaluatorInSandbox } = await import("./evaluate-strangers-rules.ts");
  return { controls: [], rules: base.rules, evaluate: evaluatorInSandbox(options) };
}

/** Loads the library or what is used instead, users' own rules and their frameworks. Throws `UsageError` for what can't be used of these. */
export async function loadPolicies(configuration: ScanConfiguration, environment: Environment): Promise<Policies> {
  const { controlsConfig, frameworkFiles, controls } = configuration;
  const { workingFolder } = environment;
  const base = await loadBase(configuration, environment);
  const { library } = base.library;
  const settings =
    controlsConfig === undefined
      ? {}
      : { parameters: (await import("./controls-config.ts")).readControlsConfig(controlsConfig, library, workingFolder) };
  const customRules = await loadStrangersRules(configuration, base, workingFolder);
  const ports = { library: base.library, problems: base.problems, ...(customRules === undefined ? {} : { customRules }) };
  if (frameworkFiles.length === 0) return { ports, controls, settings };
  const { loadFrameworkFiles } = await import("./framework-files.ts");
  const nameable = { ...library, controls: [...library.controls, ...(customRules?.controls ?? [])] };
  const frameworks = loadFrameworkFiles(frameworkFiles, nameable, workingFolder);
  return {
    ports: { ...ports, library: { ...base.library, library: { ...library, frameworks: [...library.frameworks, ...frameworks] } } },
    controls: { ...controls, frameworks: [...controls.frameworks, ...frameworks.map(({ id }) => id)] },
    settings,
  };
}

/** All controls and frameworks that can be named: those of the library, and the user's own. */
export function knownPolicies({ ports }: Policies): Pick<Library, "controls" | "frameworks"> {
  const { controls, frameworks } = ports.library.library;
  return { controls: ports.customRules === undefined ? controls : [...controls, ...ports.customRules.controls], frameworks };
}
