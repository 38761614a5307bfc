import { defineConfig, type ViteUserConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["{packages,apps,library,tools,test,bench}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/generated/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "threads",
    // Most of the time goes to programs that tests start, so that as many files run at once as there are cores.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    setupFiles: ["test/property/fixed-seed.ts"],
    globalSetup: ["test/acceptance/count-connections.ts"],
  },
});

export default config;
