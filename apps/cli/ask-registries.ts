import { readFileSync } from "node:fs";
import { readDockerConfig, registrySignatures, type ImageSignatures, type RegistryCredentials } from "@holdfast/posture";
import { openNetwork } from "@holdfast/rego/network";
import type { Environment } from "./environment.ts";
import { UsageError } from "./usage-error.ts";

/** A manifest or a signature is a few KiB. */
const REPLY_BYTES = 4_194_304;
const REQUEST_MS = 10_000;
/** More than registries can answer in the time that they are asked for. */
const REQUESTS = 100_000;

/** Signatures as the registries of the images tell them, with the user's logins. Throws `UsageError` for a Docker configuration that can't be read. */
export function askRegistries(environment: Environment): ImageSignatures {
  // The thread that asks starts with the first question, and keeps no program alive.
  const network = openNetwork({ allow: "any", timeoutMs: REQUEST_MS, responseBytes: REPLY_BYTES, requests: REQUESTS });
  return registrySignatures(network, logins(environment));
}

/** DOCKER_AUTH_CONFIG outweighs the file, as it does for Docker. */
function logins({ registryLogins, dockerConfig }: Environment): RegistryCredentials {
  const [source, text] = registryLogins === undefined ? [dockerConfig, contentOf(dockerConfig)] : ["DOCKER_AUTH_CONFIG", registryLogins];
  if (text === null) return () => null;
  const credentials = readDockerConfig(text);
  if (credentials === null)
    throw new UsageError(`${source} is no Docker configuration\nCorrect it, or name the folder of another with DOCKER_CONFIG.`);
  return credentials;
}

/** The text of a file; null where there is none. */
function contentOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new UsageError(`${file} can't be read: ${(error as NodeJS.ErrnoException).code ?? "it is no file"}`, { cause: error });
  }
}
