import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryFiles } from "../../testing/memory-files.ts";
import { load, type LoadResult } from "../load.ts";
import { parseHcl } from "../terraform/parse-hcl.ts";
import { HclFault } from "../terraform/hcl-node.ts";
import { terraformFiles } from "./terraform-files.ts";
import { checkLoader } from "./tester.ts";

async function loadFiles(files: Readonly<Record<string, string>>): Promise<LoadResult> {
  const tree = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text]));
  return load({ paths: ["."], cwd: "/w", files: memoryFiles(tree) }, [terraformFiles]);
}

const DEPLOYMENT = `variable "image" {
  type    = string
  default = "nginx" # the registry's
}
locals {
  tag    = "1.2"
  labels = { app = "web" }
}

resource "kubernetes_namespace" "web" {
  metadata { name = "shop" }
}

resource "kubernetes_deployment_v1" "web" {
  metadata {
    name      = "web"
    namespace = kubernetes_namespace.web.metadata[0].name
    labels    = local.labels
  }
  spec {
    replicas = "2"
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = {
          "app.kubernetes.io/name" = "web"
        }
      }
      spec {
        host_pid             = true
        service_account_name = "web"
        security_context {
          run_as_user = "1000"
        }
        container {
          name    = "web"
          image   = "\${var.image}:\${local.tag}"
          command = ["sh", "-c", <<-EOT
            echo $\${HOME}
          EOT
          ]
          port {
            container_port = 80
          }
          env {
            name  = "A"
            value = "b"
          }
          security_context {
            privileged = true
            capabilities { add = ["SYS_ADMIN"] }
          }
          volume_mount {
            name       = "host"
            mount_path = "/host"
          }
        }
        container {
          name  = "second"
          image = "second:1"
        }
        volume {
          name = "host"
          host_path { path = "/" }
        }
      }
    }
  }
  lifecycle { ignore_changes = [spec] }
}
`;

test("a deployment has Kubernetes' names, with variables, locals and names of other resources, and its lines", async () => {
  const { resources, problems } = await loadFiles({ "main.tf": DEPLOYMENT });
  expect(problems).toEqual([]);
  const [namespace, deployment] = resources;
  expect(namespace?.object).toEqual({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  expect(deployment?.object).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { "app.kubernetes.io/name": "web" } },
        spec: {
          hostPID: true,
          serviceAccountName: "web",
          securityContext: { runAsUser: 1000 },
          containers: [
            {
              name: "web",
              image: "nginx:1.2",
              command: ["sh", "-c", expect.stringContaining("echo")],
              ports: [{ containerPort: 80 }],
              env: [{ name: "A", value: "b" }],
              securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] } },
              volumeMounts: [{ name: "host", mountPath: "/host" }],
            },
            { name: "second", image: "second:1" },
          ],
          volumes: [{ name: "host", hostPath: { path: "/" } }],
        },
      },
    },
  });
  const line = (...path: readonly (string | number)[]): readonly [string | undefined, boolean | undefined] => {
    const origin = deployment?.origins?.originOf(path);
    return [origin?.text.lines.lineAt(origin.text.lines.placeOf(origin.start).line).trim(), origin?.exact];
  };
  expect(line("spec", "template", "spec", "containers", 0, "securityContext", "privileged")).toEqual(["privileged = true", true]);
  expect(line("spec", "template", "spec", "hostPID")).toEqual(["host_pid             = true", true]);
  expect(line("spec", "template", "spec", "containers", 1, "securityContext")).toEqual(["container {", false]);
  expect(line("spec", "template", "spec", "containers", 0, "securityContext", "runAsUser")).toEqual(["security_context {", false]);
  expect(line()).toEqual(['name      = "web"', false]);
});

test("manifests, roles, services, secrets, variables of files beside it, and Terraform's JSON", async () => {
  const { resources, problems } = await loadFiles({
    "a.tf": `resource "kubernetes_manifest" "pod" {
  manifest = {
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "pod", "namespace" : var.space }
    spec = {
      hostNetwork = true
      containers  = [{ name = "a", image = "a:1" }]
    }
  }
}
resource "kubernetes_cluster_role" "all" {
  metadata { name = "all" }
  rule {
    api_groups = ["*"]
    resources  = ["*"]
    verbs      = ["*"]
  }
}
resource "kubernetes_secret_v1" "s" {
  metadata { name = "s" }
  data = { PASS_WORD = "x" }
}
resource "aws_instance" "no" { ami = data.x.y }`,
    "b.tf.json": JSON.stringify({
      variable: { space: { default: "one" } },
      resource: {
        kubernetes_service: {
          web: { metadata: { name: "web" }, spec: { selector: { app_name: "web" }, port: [{ port: 80, target_port: "${var.port}" }] } },
        },
      },
    }),
    "terraform.tfvars": 'space = "two"\nport = 8080\n',
  });
  expect(problems).toEqual([]);
  expect(resources.map(({ object }) => object)).toEqual([
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "pod", namespace: "two" },
      spec: { hostNetwork: true, containers: [{ name: "a", image: "a:1" }] },
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "all" },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    },
    { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { PASS_WORD: "x" } },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web" },
      spec: { selector: { app_name: "web" }, ports: [{ port: 80, targetPort: 8080 }] },
    },
  ]);
});

test("what is only known when it is applied is lost or partial, never guessed", async () => {
  const pod = (name: string, spec: string): string =>
    `resource "kubernetes_pod" "${name}" {\n  metadata { name = "${name}" }\n  spec {\n    container {\n      name = "a"\n${spec}\n    }\n  }\n}\n`;
  const { resources, problems } = await loadFiles({
    "main.tf": [
      pod("function", '      image = format("%s:1", var.nothing)'),
      pod("condition", "      security_context {\n        privileged = var.debug ? true : false\n      }"),
      pod("dynamic", '      dynamic "security_context" {\n        for_each = [1]\n        content { privileged = true }\n      }'),
      pod("variables", '      dynamic "env" {\n        for_each = var.env\n        content { name = env.key }\n      }'),
      'resource "kubernetes_manifest" "file" {\n  manifest = yamldecode(file("x.yaml"))\n}\n',
    ].join("\n"),
  });
  expect(resources.map(({ name }) => name)).toEqual(["function", "variables"]);
  expect(problems.map(({ code, cause }) => `${code} ${cause.split(" ")[0]}`)).toEqual([
    "terraform-partial kubernetes_pod.function:",
    "terraform-unknown kubernetes_pod.condition:",
    "terraform-unknown kubernetes_pod.dynamic:",
    "terraform-partial kubernetes_pod.variables:",
    "terraform-unknown kubernetes_manifest.file:",
  ]);
});

test("of a count or collection that is written out each object is made, with its own key, value and number", async () => {
  const pods = (name: string, how: string, pod: string, image: string): string =>
    `resource "kubernetes_pod" "${name}" {\n  ${how}\n  metadata { name = ${pod} }\n  spec {\n    container {\n      name  = "main"\n      image = ${image}\n    }\n  }\n}\n`;
  const { resources, problems } = await loadFiles({
    "main.tf": [
      'variable "regions" { default = ["north", "south"] }\n',
      'locals { sizes = { small = { image = "s:1" }, large = { image = "l:1" } } }\n',
      pods("set", "for_each = toset(var.regions)", '"set-${each.key}"', "each.value"),
      pods("map", "for_each = local.sizes", "each.key", "each.value.image"),
      pods("count", "count = 2", '"count-${count.index}"', '"c:1"'),
      pods("switch", "count = var.enabled ? 1 : 0", '"switch"', '"w:1"'),
      pods("fetched", "for_each = data.x.y", "each.key", "each.value"),
    ].join(""),
  });
  const images = resources.map(({ name, object }) => {
    const { containers } = object["spec"] as { readonly containers: readonly { readonly image: string }[] };
    return `${name} ${containers[0]?.image}`;
  });
  expect(images).toEqual([
    "set-north north",
    "set-south south",
    "small s:1",
    "large l:1",
    "count-0 c:1",
    "count-1 c:1",
    "switch w:1",
    expect.stringMatching(/each\.key.* .*each\.value/u),
  ]);
  expect(problems.map(({ code, cause }) => `${code} ${cause}`)).toEqual([
    expect.stringMatching(
      /^terraform-partial kubernetes_pod.switch: how many there are is count = "var.enabled \? 1 : 0"; one was judged$/u,
    ),
    expect.stringContaining("terraform-partial kubernetes_pod.fetched: how many there are is for_each"),
    expect.stringContaining("terraform-partial kubernetes_pod.fetched: metadata.name"),
  ]);
  expect(resources.at(-1)?.unknown).toMatchObject([{ path: ["spec", "containers", 0, "image"] }]);
});

test("types that are not known are named, and what makes no object is counted", async () => {
  const named = (type: string, more = ""): string => `resource "${type}" "x" {\n${more}  metadata { name = "${type}" }\n}\n`;
  const { resources, problems, inputs } = await loadFiles({
    "main.tf": [
      named("kubernetes_default_service_account"),
      named("kubernetes_runtime_class_v1", '  handler = "gvisor"\n'),
      named("kubernetes_certificate_signing_request_v1", "  auto_approve = true\n"),
      named("kubernetes_unheard_of_v1"),
      named("kubernetes_pod_security_policy_v1beta1"),
      named("kubernetes_pod", "  count = 1\n"),
      named("kubernetes_pod_v1", "  count = 0\n"),
      named("kubernetes_unheard_of_v2", "  count = 0\n"),
      ...["config_map_v1_data", "token_request_v1", "labels", "annotations", "env", "node_taint"].map((type) =>
        named(`kubernetes_${type}`),
      ),
      named("aws_instance"),
    ].join(""),
    "data.tf.json": JSON.stringify({ resource: { kubernetes_pod: { off: { count: 0, metadata: { name: "off" } } } } }),
  });
  expect(resources.map(({ object }) => [object["apiVersion"], object["kind"]])).toEqual([
    ["v1", "ServiceAccount"],
    ["node.k8s.io/v1", "RuntimeClass"],
    ["certificates.k8s.io/v1", "CertificateSigningRequest"],
    ["v1", "Pod"],
  ]);
  expect(resources[1]?.object["handler"]).toBe("gvisor");
  expect(resources[2]?.object).not.toHaveProperty("autoApprove");
  expect(problems.map(({ code, line, cause }) => [code, line, cause.split(",")[0]])).toEqual([
    ["terraform-unknown", 12, "kubernetes_unheard_of_v1.x: its type is not known"],
    ["terraform-unknown", 15, "kubernetes_pod_security_policy_v1beta1.x: its type is not known"],
  ]);
  // Two pods and a type that nobody knows are switched off; six change what others make.
  expect(inputs.account).toMatchObject({ documents: 15, produced: 4, lost: 2, notKubernetes: 9 });
});

test("faults of syntax have their line, and files without Kubernetes are none of ours", async () => {
  const { problems, inputs } = await loadFiles({
    "broken.tf": 'resource "kubernetes_pod" "a" {\n  metadata {\n    name = "a\n',
    "open.tf": 'resource "kubernetes_pod" "a" {\n',
    "aws.tf": 'resource "aws_instance" "a" {',
  });
  expect(problems.map(({ code, file, line }) => `${code} ${file}:${line}`)).toEqual(["hcl-syntax broken.tf:3", "hcl-syntax open.tf:2"]);
  expect(inputs.account).toMatchObject({ lost: 2, notKubernetes: 1 });
});

test("the loader keeps what holds for every loader", async () => {
  expect(await checkLoaderOf({ "main.tf": DEPLOYMENT, "x.tf": "kubernetes_ = {" })).toBe(3);
});

/** Objects of Terraform stand in a text that was made, so that only the account is checked. */
async function checkLoaderOf(files: Readonly<Record<string, string>>): Promise<number> {
  const { inputs, problems, resources } = await loadFiles(files);
  expect(inputs.account.produced + inputs.account.notKubernetes + inputs.account.lost).toBe(inputs.account.documents);
  expect(problems.filter(({ effect }) => effect === "lost")).toHaveLength(inputs.account.lost);
  expect(inputs.account.resources).toBe(resources.length);
  return inputs.account.documents;
}

test("a file that can't be read is lost", async () => {
  expect(
    await checkLoader(terraformFiles, {
      name: "refused",
      tree: { "a.tf": { refused: "file" } },
      documents: 1,
      objects: [],
      problems: ["file-unreadable"],
    }),
  ).toBe(1);
});

test("any text is read or has a fault, in an instant", () => {
  const read = (text: string): boolean => {
    try {
      parseHcl(text);
    } catch (error) {
      if (!(error instanceof HclFault)) throw error;
    }
    return true;
  };
  fc.assert(fc.property(fc.string(), read));
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", " ", "=", "{", "}", "[", "]", '"', "${", "\n", "<<E\n", "#", "1", ",", "(", ")"), { maxLength: 60 }),
      (parts) => read(parts.join("")),
    ),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.nat(DEPLOYMENT.length), fc.string({ maxLength: 3 }), (at, put) =>
      read(DEPLOYMENT.slice(0, at) + put + DEPLOYMENT.slice(at + 1)),
    ),
  );
  expect(read("a = ".concat("[".repeat(100_000)))).toBe(true);
  expect(read("a {".repeat(100_000))).toBe(true);
});
