import { afterAll, type TestContext } from "vitest";
import { needsClusterPrograms } from "../acceptance/needs.ts";
import { startCluster, type TestCluster } from "./start-cluster.ts";

/**
 * One API server for the tests of a file. The function that it returns gives each test the same cluster, starts it for the first, and leaves the test out where no API server is at hand
 * (or fails it where everything must be). `prepare` fills the cluster once. Call it at the top of the file.
 */
export function clusterOfFile(
  prepare: (cluster: TestCluster) => Promise<void> = async () => {},
  flags: readonly string[] = [],
): (context: TestContext) => Promise<TestCluster> {
  let started: Promise<TestCluster> | undefined;
  afterAll(async () => {
    // Where it could not be started there is nothing to stop, and each test has said so.
    const cluster = await started?.catch(() => {});
    await cluster?.stop();
  });
  return async (context) => {
    const programs = needsClusterPrograms(context);
    started ??= (async () => {
      const cluster = await startCluster(programs, flags);
      try {
        await prepare(cluster);
      } catch (error) {
        await cluster.stop();
        throw error;
      }
      return cluster;
    })();
    return started;
  };
}
