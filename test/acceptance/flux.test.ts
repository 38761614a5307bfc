// What Flux deploys is judged as it will be deployed, and what can't be followed is named.
import path from "node:path";
import { describe, expect, test, type TestContext } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, runCommand, runHoldfast } from "./run-holdfast.ts";
import { failedNames, findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const CONTROLS = "C-0057,C-0041,C-0075";

function tools(context: TestContext): Readonly<Record<string, string>> {
  const folders = [path.dirname(needs(context, "kustomize")), path.dirname(needs(context, "helm"))];
  return { PATH: [...folders, machinePath()].join(path.delimiter) };
}

async function scanTree(context: TestContext, files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Result> {
  const { result } = await scanResult(["control", CONTROLS, ".", ...args], { cwd: scratchFolder(files), env: tools(context) });
  const { account } = result.inputs;
  expect(account.produced + account.notKubernetes + account.lost).toBe(account.documents);
  expect(result.problems.filter(({ stage, effect }) => stage === "load" && effect === "lost")).toHaveLength(account.lost);
  return result;
}

function places(result: Result, control: string): readonly string[] {
  return findingsOf(result, control)
    .map(({ resource, source }) => `${resource === null ? "" : result.resources[resource]?.name} ${source?.file}:${source?.line}`)
    .toSorted();
}

function kustomization(name: string, folder: string, more = ""): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  path: ${folder}
  sourceRef: {kind: GitRepository, name: flux-system}
${more}`;
}

const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {url: https://git.example.com/estate}
`;

function pod(name: string, setting: string, more = ""): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
${more}spec:
  hostNetwork: ${setting}
  containers:
    - name: main
      image: registry.example.com/main:1.0
`;
}

test("the chain from the cluster's folder to its applications, with variables, each where its value is", async (context) => {
  const result = await scanTree(context, {
    "clusters/north/flux-system/gotk-sync.yaml": `${SOURCE}---\n${kustomization("flux-system", "./clusters/north")}`,
    "clusters/north/apps.yaml": kustomization(
      "apps",
      "./apps/overlay",
      `  dependsOn: [{name: infra}]
  postBuild:
    substitute:
      host: "true"
    substituteFrom:
      - {kind: ConfigMap, name: settings}
      - {kind: Secret, name: absent, optional: true}
`,
    ),
    "clusters/north/infra.yaml": kustomization("infra", "./infra"),
    "clusters/north/settings.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: flux-system}
data:
  privileged: "true"
  host: "false"
`,
    "apps/base/kustomization.yaml": "resources: [pods.yaml]\n",
    "apps/base/pods.yaml": [
      pod("by-substitute", "${host}"),
      pod("by-default", "${unset:=true}"),
      pod("empty", "${unset:-false}"),
      pod("opted-out", "${host}", "  annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}\n"),
      pod("escaped", "false", "  annotations: {text: '$${host}'}\n"),
    ].join("---\n"),
    "apps/overlay/kustomization.yaml": "resources: [../base]\npatches:\n  - path: patch.yaml\n",
    "apps/overlay/patch.yaml": `apiVersion: v1
kind: Pod
metadata: {name: by-substitute}
spec:
  containers:
    - name: main
      securityContext:
        privileged: \${privileged}
`,
    "infra/a.yaml": privilegedPod("infra-pod"),
    "infra/notes.yaml": "just: notes\n",
    "infra/deep/kustomization.yaml": "namePrefix: deep-\nresources: [b.yaml]\n",
    "infra/deep/b.yaml": privilegedPod("b"),
    "plain/pod.yaml": privilegedPod("plain"),
  });
  expect(result.problems).toEqual([]);
  expect(places(result, "C-0041")).toEqual(["by-default apps/base/pods.yaml:16", "by-substitute clusters/north/apps.yaml:12"]);
  expect(places(result, "C-0057")).toEqual([
    "by-substitute clusters/north/settings.yaml:5",
    "deep-b infra/deep/b.yaml:10",
    "infra-pod infra/a.yaml:10",
    "plain plain/pod.yaml:10",
  ]);
  const names = result.resources.map(({ name }) => name);
  for (const name of ["by-substitute", "infra", "apps", "settings"])
    expect(
      names.filter((one) => one === name),
      name,
    ).toHaveLength(1);
  expect(result.inputs.rendered?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "release Kustomization flux-system/apps",
    "release Kustomization flux-system/flux-system",
    "release Kustomization flux-system/infra",
  ]);
  expect(findingsOf(result, "C-0057")[0]?.source?.feeds).toBeDefined();
});

test("what only a secret knows is reported, never guessed", async (context) => {
  const result = await scanTree(context, {
    "flux.yaml": kustomization("apps", "./apps", "  postBuild:\n    substituteFrom:\n      - {kind: Secret, name: vars}\n"),
    "secret.yaml": `apiVersion: v1
kind: Secret
metadata: {name: vars, namespace: flux-system}
stringData:
  host: ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]
  token: ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]
sops: {version: 3.9.0}
`,
    "apps/kustomization.yaml": "resources: [decided.yaml, named.yaml, plain.yaml]\n",
    "apps/decided.yaml": pod("decided", "${host:=false}"),
    "apps/named.yaml": pod("named", "true", "  annotations: {token: '${token}'}\n"),
    "apps/plain.yaml": pod("plain", "true"),
  });
  expect(failedNames(result, "C-0041")).toEqual(["named", "plain"]);
  expect(result.resources.map(({ name }) => name)).not.toContain("decided");
  expect(result.problems).toMatchObject([
    { code: "substitution-unknown", effect: "lost", file: "apps/decided.yaml", cause: expect.stringContaining("${host}") },
    { code: "substitution-partial", effect: "partial", file: "apps/named.yaml", cause: expect.stringContaining("${token}") },
  ]);
  expect(result.summary.coverage).toBeLessThan(100);
});

test("a verdict that hangs on a value which only a secret knows is none: neither passed nor failed", async (context) => {
  const files = {
    "flux.yaml": kustomization("apps", "./apps", "  postBuild:\n    substituteFrom:\n      - {kind: Secret, name: vars}\n"),
    "secret.yaml": `apiVersion: v1
kind: Secret
metadata: {name: vars, namespace: flux-system}
stringData:
  tag: ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]
sops: {version: 3.9.0}
`,
    "apps/kustomization.yaml": "resources: [pod.yaml]\n",
    "apps/pod.yaml": `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true
  containers:
    - name: web
      image: registry.example.com/web:\${tag}
      securityContext: {privileged: true, readOnlyRootFilesystem: true}
    - name: side
      image: registry.example.com/side
      securityContext: {readOnlyRootFilesystem: true}
`,
  };
  const { result } = await scanResult(["."], { cwd: scratchFolder(files), env: tools(context) });
  const place = result.resources.findIndex(({ name }) => name === "web");
  const verdict = (control: string): { readonly status?: string; readonly problem?: number } =>
    result.verdicts.find((one) => one.control === control && one.resource === place) ?? {};
  // What doesn't look at the image is judged as ever: both ways.
  expect([verdict("C-0057").status, verdict("C-0038").status, verdict("C-0017").status]).toEqual(["failed", "failed", "passed"]);
  // Of pinned digests the other container decides; of its own, nothing is said.
  expect(verdict("C-0306").status).toBe("failed");
  const about = result.findings.filter(({ control, resource }) => control === "C-0306" && resource === place);
  expect(about.flatMap(({ paths }) => paths.map(({ path }) => path)).filter((path) => path.includes("[0]"))).toEqual([]);
  const undecided = result.verdicts.filter(({ resource, status }) => resource === place && status === "errored");
  expect(undecided.length).toBeGreaterThan(0);
  for (const { problem = -1 } of undecided)
    expect(result.problems[problem]).toMatchObject({
      code: "value-unknown",
      subject: "Pod web",
      cause: expect.stringContaining("spec.containers[0].image (${tag})"),
    });
  expect(result.summary.coverage).toBeLessThan(100);
});

test("what is deployed to another cluster is judged, and neither gives values here nor is joined with what is here", async (context) => {
  const values = (host: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {host: "${host}"}\n`;
  const binding =
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}\nsubjects: [{kind: ServiceAccount, name: s, namespace: n}]\n";
  const role =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\nrules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]\n';
  const files = (kubeConfig: string): Readonly<Record<string, string>> => ({
    "clusters/here.yaml": `${kustomization("apps", "./apps", "  postBuild:\n    substituteFrom:\n      - {kind: ConfigMap, name: vars}\n")}---\n${kustomization("far", "./far", kubeConfig)}`,
    "apps/kustomization.yaml": "resources: [pod.yaml, vars.yaml, binding.yaml]\n",
    "apps/pod.yaml": pod("web", "${host}"),
    "apps/vars.yaml": values("true"),
    "apps/binding.yaml": binding,
    "far/kustomization.yaml": "resources: [vars.yaml, pod.yaml, role.yaml]\n",
    "far/vars.yaml": values("false"),
    "far/pod.yaml": pod("far", "true"),
    "far/role.yaml": role,
  });
  const scan = async (kubeConfig: string): Promise<Result> =>
    (await scanResult(["."], { cwd: scratchFolder(files(kubeConfig)), env: tools(context) })).result;
  const apart = await scan("  kubeConfig: {secretRef: {name: far}}\n");
  expect(failedNames(apart, "C-0041")).toEqual(["far", "web"]);
  expect(failedNames(apart, "C-0035"), "the role is another cluster's").toEqual([]);
  expect(apart.problems.map(({ code }) => code)).toContain("role-unknown");
  expect(failedNames(await scan(""), "C-0035"), "in one cluster it is bound").toEqual(["s"]);
});

test("clusters of one tree have objects of the same names: each is expanded, with what stands nearest to it", async (context) => {
  const cluster = (name: string, setting: string): Readonly<Record<string, string>> => ({
    [`clusters/${name}/flux-system/sync.yaml`]: `${SOURCE}---\n${kustomization("flux-system", `./clusters/${name}`)}`,
    [`clusters/${name}/apps.yaml`]: kustomization(
      "apps",
      `./apps/${name}`,
      "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n",
    ),
    [`clusters/${name}/vars.yaml`]: settings(setting),
    [`apps/${name}/kustomization.yaml`]: `resources: [../base]\nnamePrefix: ${name}-\n`,
    [`bare/${name}/apps.yaml`]: kustomization(
      "bare",
      "./bare/base",
      `  namePrefix: bare-${name}-\n  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n`,
    ),
    [`bare/${name}/vars.yaml`]: settings(setting),
    [`releases/${name}/redis.yaml`]: release(
      "redis",
      `{chart: redis-${name}, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}`,
      "",
    ),
  });
  const settings = (setting: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata:\n  host: "${setting}"\n`;
  const result = await scanTree(context, {
    ...cluster("staging", "false"),
    ...cluster("production", "true"),
    "apps/base/kustomization.yaml": "resources: [pod.yaml, backend.yaml]\n",
    "apps/base/pod.yaml": pod("web", "${host}"),
    "apps/base/backend.yaml": release("backend", "{chart: backend, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}", ""),
    "bare/base/pod.yaml": pod("web", "${host}"),
    "shared/apps.yaml": kustomization("shared", "./shared/app", "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n"),
    "shared/app/pod.yaml": pod("shared", "${host}"),
  });
  expect(places(result, "C-0041")).toEqual([
    "bare-production-web bare/production/vars.yaml:5",
    "production-web clusters/production/vars.yaml:5",
  ]);
  expect(result.resources.flatMap(({ kind, name }) => (kind === "Pod" ? [name] : [])).toSorted()).toEqual([
    "bare-production-web",
    "bare-staging-web",
    "production-web",
    "staging-web",
  ]);
  expect(result.problems.filter(({ code }) => code === "substitution-unknown")).toMatchObject([
    { file: "shared/app/pod.yaml", cause: expect.stringContaining("${host}") },
  ]);
  expect(result.inputs.notExpanded?.map(({ name, reason }) => `${name} ${/chart (?<chart>[\w-]+)/u.exec(reason)?.[1]}`).toSorted()).toEqual(
    ["apps/production-backend backend", "apps/redis redis-production", "apps/redis redis-staging", "apps/staging-backend backend"],
  );
});

describe("what can't be followed", () => {
  test("is named, and is missing coverage: other repositories, paths that are not there", async (context) => {
    const other = SOURCE.replaceAll("flux-system, ", "other, ").replace("estate", "other");
    const result = await scanTree(context, {
      "flux.yaml": [
        SOURCE,
        other,
        kustomization("elsewhere", "./apps").replace("name: flux-system}", "name: other}"),
        kustomization("nowhere", "./nowhere"),
        kustomization("outside", "../../etc"),
        kustomization("oci", "./apps").replace("GitRepository", "OCIRepository"),
      ].join("---\n"),
      "apps/pod.yaml": privilegedPod("pod"),
    });
    expect(result.inputs.notExpanded?.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      ["elsewhere", "nowhere", "oci", "outside"].map((name) => `Kustomization flux-system/${name}`),
    );
    expect(result.problems.filter(({ code }) => code === "release-not-expanded")).toHaveLength(4);
    expect(failedNames(result, "C-0057"), "nobody deploys it in another way").toEqual(["pod"]);
  });

  test("is named: repositories that are not known to be this tree, though the path is there, and sets of applications", async (context) => {
    const source = (name: string): string => SOURCE.replaceAll("flux-system, ", `${name}, `).replace("estate", name);
    const from = (name: string): string => kustomization(name, "./apps").replace("name: flux-system}", `name: ${name}}`);
    const application = (name: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec: {source: {repoURL: "https://git.example.com/${name}", path: apps}, destination: {namespace: apps}}
`;
    const set =
      "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec: {generators: []}\n";
    const result = await scanTree(context, {
      "flux.yaml": [source("infra"), source("shop"), from("shop"), from("absent"), set].join("---\n"),
      "argo/apps.yaml": [application("estate"), application("foreign")].join("---\n"),
      ".git/config": '[remote "origin"]\n\turl = git@git.example.com:estate.git\n',
      "apps/pod.yaml": privilegedPod("pod"),
    });
    expect(result.inputs.notExpanded?.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      "Application argocd/foreign",
      "ApplicationSet argocd/set",
      "Kustomization flux-system/absent",
      "Kustomization flux-system/shop",
    ]);
    expect(result.inputs.rendered).toMatchObject([{ kind: "application", name: "Application argocd/estate" }]);
    expect(failedNames(result, "C-0057")).toEqual(["pod"]);
  });

  test("a tree with nothing but 71 releases has no score, and says why", async (context) => {
    const releases = Array.from(
      { length: 71 },
      (_, at) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: release-${at}, namespace: apps}
spec:
  chart: {spec: {chart: app-${at}, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}
`,
    );
    const cwd = scratchFolder({ "releases.yaml": releases.join("---\n") });
    const { result, code } = await scanResult(["framework", "nsa", "."], { cwd, env: tools(context) });
    expect(code).toBe(3);
    expect(result.summary).toMatchObject({ compliance: null, coverage: null });
    expect(result.inputs.notExpanded).toHaveLength(71);
    const { stdout, code: again } = await runHoldfast(["scan", "framework", "nsa", ".", "--compliance-threshold", "1"], {
      cwd,
      env: tools(context),
    });
    expect(again).toBe(3);
    expect(stdout).toContain("release-0");
  });
});

const CHART: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.2.3\n",
  "values.yaml": "tag: 1.0\nprivileged: false\nhostNetwork: false\n",
  "templates/pod.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  hostNetwork: {{ .Values.hostNetwork }}
  containers:
    - name: main
      image: registry.example.com/main:{{ .Values.tag }}
      imagePullPolicy: IfNotPresent
      securityContext:
        privileged: {{ .Values.privileged }}
`,
};

function inFolder(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

function release(name: string, chart: string, more: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: apps
spec:
  chart:
    spec: ${chart}
${more}`;
}

describe("releases", () => {
  test("of charts of the tree, with values from objects and post-renderers; each finding where a person sets it", async (context) => {
    const chart = "{chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}";
    const result = await scanTree(context, {
      ...inFolder("charts/web", CHART),
      "source.yaml": SOURCE,
      "releases/web.yaml": release(
        "web",
        chart,
        `  valuesFrom:
    - {kind: ConfigMap, name: web-values}
  values:
    privileged: true
  postRenderers:
    - kustomize:
        patches:
          - target: {kind: Pod}
            patch: |-
              - op: add
                path: /metadata/labels
                value: {tier: front}
        images:
          - {name: registry.example.com/main, newTag: latest}
`,
      ),
      "releases/values.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: web-values, namespace: apps}
data:
  values.yaml: |
    hostNetwork: true
    privileged: false
`,
      "releases/lost.yaml": release("lost", chart, "  valuesFrom: [{kind: Secret, name: nowhere}]\n"),
    });
    expect(places(result, "C-0057")).toEqual(["web releases/web.yaml:12"]);
    expect(places(result, "C-0041")).toEqual(["web releases/values.yaml:6"]);
    expect(places(result, "C-0075")).toEqual(["web releases/web.yaml:22"]);
    expect(result.resources.filter(({ kind }) => kind === "Pod")).toHaveLength(1);
    expect(result.inputs.notExpanded).toMatchObject([
      { kind: "HelmRelease", name: "apps/lost", reason: expect.stringContaining("nowhere") },
    ]);
    expect(JSON.stringify(result)).not.toContain(".holdfast-");
  });

  test("are judged in the namespaces that they are released into: a policy of one covers nothing of the other", async (context) => {
    const policy =
      "{{ if .Values.policy }}\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n{{ end }}\n";
    const chart = "{chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}";
    const renamed = "  postRenderers:\n    - kustomize:\n        images:\n          - {name: registry.example.com/main, newTag: v2}\n";
    const files = {
      ...inFolder("charts/web", { ...CHART, "templates/policy.yaml": policy }),
      "source.yaml": SOURCE,
      "releases/a.yaml": release("covered", chart, "  targetNamespace: front\n  values: {policy: true}\n"),
      "releases/b.yaml": release("bare", chart, "  targetNamespace: back\n"),
      "releases/c.yaml": release("changed", chart, `  targetNamespace: side\n${renamed}`),
    };
    const { result } = await scanResult(["control", "C-0260", "."], { cwd: scratchFolder(files), env: tools(context) });
    const pods = result.resources.filter(({ kind }) => kind === "Pod").map(({ namespace, name }) => `${namespace}/${name}`);
    expect(pods.toSorted()).toEqual(["back/back-bare", "front/front-covered", "side/side-changed"]);
    expect(failedNames(result, "C-0260")).toEqual(["back-bare", "side-changed"]);
  });

  test("of charts in the folder that --chart-cache names", async (context) => {
    const cwd = scratchFolder({
      ...inFolder("packed/web", CHART),
      "tree/release.yaml": release(
        "web",
        "{chart: web, version: 1.2.3, sourceRef: {kind: HelmRepository, name: charts}}",
        "  values: {privileged: true}\n",
      ),
      "tree/other.yaml": release("other", "{chart: web, version: 9.9.9, sourceRef: {kind: HelmRepository, name: charts}}", ""),
      "cache/readme": "",
    });
    await runCommand(["tar", "-czf", "../cache/web-1.2.3.tgz", "web"], { cwd: path.join(cwd, "packed") });
    const { result } = await scanResult(["control", CONTROLS, "tree", "--chart-cache", "cache"], { cwd, env: tools(context) });
    expect(places(result, "C-0057")).toEqual(["web tree/release.yaml:9"]);
    expect(result.inputs.notExpanded).toMatchObject([{ name: "apps/other", reason: expect.stringContaining("web-9.9.9.tgz") }]);
  });
});

test("Argo CD's applications of the tree: charts, overlays and plain folders", async (context) => {
  const application = (name: string, source: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  destination: {namespace: apps}
  source:
    repoURL: https://git.example.com/estate
${source}`;
  const result = await scanTree(context, {
    ...inFolder("charts/web", CHART),
    "apps.yaml": [
      application(
        "chart",
        "    path: charts/web\n    helm:\n      parameters:\n        - {name: privileged, value: 'true'}\n      values: |\n        hostNetwork: true\n",
      ),
      application(
        "overlay",
        "    path: overlays/web\n    kustomize:\n      namePrefix: x-\n      images: ['registry.example.com/main:latest']\n",
      ),
      application("folder", "    path: plain\n    directory: {recurse: true, exclude: '*.skip.yaml'}\n"),
      application("elsewhere", "    chart: redis\n"),
    ].join("---\n"),
    "overlays/web/kustomization.yaml": "resources: [pod.yaml]\n",
    "overlays/web/pod.yaml": `${privilegedPod("overlaid")}      imagePullPolicy: IfNotPresent\n`,
    "plain/deep/pod.yaml": privilegedPod("deep"),
    "plain/pod.skip.yaml": privilegedPod("skipped"),
  });
  expect(places(result, "C-0057")).toEqual([
    "chart apps.yaml:13",
    "deep plain/deep/pod.yaml:10",
    "skipped plain/pod.skip.yaml:10",
    "x-overlaid overlays/web/pod.yaml:10",
  ]);
  expect(places(result, "C-0041")).toEqual(["chart apps.yaml:15"]);
  expect(places(result, "C-0075")).toEqual(["x-overlaid apps.yaml:29"]);
  expect(result.inputs.notExpanded).toMatchObject([{ kind: "Application", name: "argocd/elsewhere" }]);
});

test("an application of several sources takes values files that another source lends, if they are of this tree", async (context) => {
  const application = (name: string, lender: string, more = ""): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  sources:
    - repoURL: https://git.example.com/estate
      path: charts/web
      helm:
        valueFiles: [$lent/env/prod.yaml, /env/all.yaml]${more}
    - repoURL: ${lender}
      ref: lent
`;
  const result = await scanTree(context, {
    ...inFolder("charts/web", CHART),
    "apps.yaml": [
      application("ours", "https://git.example.com/estate.git", "\n        valuesObject: {privileged: true}"),
      application("theirs", "https://git.example.com/secrets"),
    ].join("---\n"),
    "env/prod.yaml": "# production\nhostNetwork: true\n",
    "env/all.yaml": "privileged: false\n",
  });
  expect(places(result, "C-0041")).toEqual(["ours env/prod.yaml:2"]);
  expect(places(result, "C-0057"), "values in the object count more than files").toEqual(["ours apps.yaml:10"]);
  expect(result.inputs.notExpanded).toMatchObject([{ name: "argocd/theirs", reason: expect.stringContaining("$lent/env/prod.yaml") }]);
});
