// Kubernetes resources of Terraform, at their lines; what is only known when it is applied is never guessed.
import { expect, test } from "vitest";
import { failedNames, findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

test("resources and manifests are judged at the line of the argument", async () => {
  const cwd = scratchFolder({
    "main.tf": `variable "privileged" { default = true }

resource "kubernetes_deployment_v1" "web" {
  metadata { name = "web" }
  spec {
    template {
      spec {
        container {
          name = "web"
          security_context {
            privileged = var.privileged
          }
        }
      }
    }
  }
}

resource "kubernetes_pod" "unknown" {
  metadata { name = "unknown" }
  spec {
    host_network = data.external.x.result.host
    container { name = "a" }
  }
}
`,
    "pod.tf": `resource "kubernetes_manifest" "pod" {
  manifest = {
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "pod" }
    spec = {
      hostNetwork = true
      containers  = [{ name = "a", securityContext = { privileged = true } }]
    }
  }
}
`,
    "aws.tf": 'resource "aws_instance" "a" {}\n',
  });
  const { result, code } = await scanResult(["control", "C-0057,C-0041", "."], { cwd });
  expect(code).toBe(0);
  expect(
    findingsOf(result, "C-0057")
      .map(({ source }) => `${source?.file}:${source?.line} ${source?.exact}`)
      .toSorted(),
  ).toEqual(["main.tf:11 true", "pod.tf:8 true"]);
  expect(failedNames(result, "C-0041")).toEqual(["pod"]);
  expect(result.problems).toMatchObject([{ code: "terraform-unknown", file: "main.tf", line: 22 }]);
  expect(result.summary.coverage).toBeLessThan(100);
  expect(result.inputs.account).toMatchObject({ produced: 2, lost: 1, notKubernetes: 1 });
});
