import type { Loader } from "./define.ts";
import { helmCharts } from "./helm-charts.ts";
import { jsonFiles } from "./json-files.ts";
import { kustomize } from "./kustomize.ts";
import { standardInput } from "./standard-input.ts";
import { terraformFiles } from "./terraform-files.ts";
import { yamlFiles } from "./yaml-files.ts";

/** All loaders. The first that claims an entry has it; the one for YAML takes every file that the user names, so it comes last. */
export const LOADERS: readonly Loader[] = [standardInput, helmCharts, kustomize, terraformFiles, jsonFiles, yamlFiles];
