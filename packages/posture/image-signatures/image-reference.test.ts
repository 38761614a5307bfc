import { expect, test } from "vitest";
import { readImageReference } from "./image-reference.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

test.each([
  ["nginx", "registry-1.docker.io", "library/nginx", "latest", null],
  ["nginx:1.27", "registry-1.docker.io", "library/nginx", "1.27", null],
  ["grafana/grafana:11", "registry-1.docker.io", "grafana/grafana", "11", null],
  ["docker.io/nginx", "registry-1.docker.io", "library/nginx", "latest", null],
  ["index.docker.io/library/nginx", "registry-1.docker.io", "library/nginx", "latest", null],
  ["ghcr.io/org/team/app:v1", "ghcr.io", "org/team/app", "v1", null],
  ["localhost/app", "localhost", "app", "latest", null],
  ["localhost:5000/app:2", "localhost:5000", "app", "2", null],
  ["registry:2", "registry-1.docker.io", "library/registry", "2", null],
  [`quay.io/a/b@${DIGEST}`, "quay.io", "a/b", "latest", DIGEST],
  [`quay.io/a/b:1@${DIGEST}`, "quay.io", "a/b", "1", DIGEST],
])("%s", (image, registry, repository, tag, digest) => {
  expect(readImageReference(image)).toEqual({ registry, repository, tag, digest });
});

test.each([
  "",
  " ",
  "Nginx",
  "a/../b",
  "ghcr.io/",
  "/a",
  "a:b:c",
  "a@sha256:short",
  "ghcr.io/a?x",
  "ghcr.io/a#x",
  "user@host/a",
  "a/b\n",
  "x".repeat(600),
])("%j is no name", (image) => {
  expect(readImageReference(image)).toBeNull();
});
