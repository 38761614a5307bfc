import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["{packages,apps,library,tools,test,bench}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/generated/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "threads",
    globalSetup: ["test/acceptance/count-connections.ts"],
  },
});

export default config;
