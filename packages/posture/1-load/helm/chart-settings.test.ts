import { expect, test } from "vitest";
import { NO_RENDERING_OPTIONS } from "../rendering-options.ts";
import { settingsOf } from "./chart-settings.ts";
import type { ChartSettings } from "./chart-settings.ts";

const WEB = { name: "web", file: "charts/web" };
const DB = { name: "db", file: "charts/db" };

function settings(options: Partial<typeof NO_RENDERING_OPTIONS>, chart = WEB): ChartSettings {
  return settingsOf(chart, [WEB, DB], { ...NO_RENDERING_OPTIONS, ...options });
}

test("what names a chart is for that chart, by its name or its folder, and the rest is for all", () => {
  const values = ["all.yaml", "web=web.yaml", "./charts/db/=db.yaml", "charts/web=more.yaml"];
  expect(settings({ values }).values).toEqual(["all.yaml", "web.yaml", "more.yaml"]);
  expect(settings({ values }, DB).values).toEqual(["all.yaml", "db.yaml"]);
});

test("in key=value a chart stands before a pair: a value of a chart's name is still a value", () => {
  const set = ["web=1", "web=replicas=2", "db=auth=x", "*=db=a=b", "other=a=b"];
  expect(settings({ set }).set).toEqual(["web=1", "replicas=2", "db=a=b", "other=a=b"]);
  expect(settings({ set }, DB).set).toEqual(["web=1", "auth=x", "db=a=b", "other=a=b"]);
});

test("of one value for a chart the last counts, and what is said for it more than what is said for all", () => {
  const releaseName = ["web=mine", "theirs"];
  expect(settings({ releaseName }).releaseName).toBe("mine");
  expect(settings({ releaseName }, DB).releaseName).toBe("theirs");
  expect(settings({ kubeVersion: ["1.29", "1.30"] }).kubeVersion).toBe("1.30");
  expect(settings({}).releaseNamespace).toBeUndefined();
});
