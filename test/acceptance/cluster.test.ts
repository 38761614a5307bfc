// Scanning a live cluster, against a real kube-apiserver and etcd: 5,000 objects, accounts with half the rights, faults on the way.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { load } from "js-yaml";
import { afterAll, expect, test, vi } from "vitest";
import type { ClusterInput, Result, Skip } from "@holdfast/core";
import { measureCommand } from "../../bench/measure-command.ts";
import { clusterOfFile } from "../cluster/cluster-of-file.ts";
import { createEstate, namespaceName, OBJECTS_OF_NAMESPACE, OWNED_OF_NAMESPACE } from "../cluster/estate.ts";
import { expired, FaultProxy, type Fault, type ProxiedRequest } from "../cluster/fault-proxy.ts";
import type { TestCluster } from "../cluster/start-cluster.ts";
import { needs } from "./needs.ts";
import { program, runHoldfast } from "./run-holdfast.ts";
import { controlOf, failedNames, namesOf, scanResult, type Scan } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

// Thousands of objects are created first, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const NAMESPACES = 200;
const PRIVILEGED = "C-0057";

const clusterOf = clusterOfFile(async (cluster) => {
  await createEstate(cluster, NAMESPACES);
  const agent = { name: "node-1", labels: { "eks.amazonaws.com/nodegroup": "main" } };
  await cluster.create([{ apiVersion: "v1", kind: "Node", metadata: agent }]);
});

let proxy: FaultProxy | undefined;
afterAll(async () => proxy?.stop());

async function proxyOf(cluster: TestCluster): Promise<FaultProxy> {
  proxy ??= await FaultProxy.start(cluster);
  return proxy;
}

async function scan(kubeconfig: string, ...args: readonly string[]): Promise<Scan> {
  return scanResult(["--kubeconfig", kubeconfig, ...args]);
}

function clusterIn({ inputs }: Result): ClusterInput {
  if (inputs.cluster === undefined) throw new Error("the result tells of no cluster");
  return inputs.cluster;
}

const kindIn = (result: Result, kind: string): ClusterInput["kinds"][number] | undefined =>
  clusterIn(result).kinds.find((one) => one.kind === kind);
const skipsOf = (result: Result, id: string): readonly Skip[] => controlOf(result, id).skips;
const identities = ({ resources }: Result): readonly string[] =>
  resources.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

function role(name: string, rules: readonly object[]): object {
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, rules };
}

function bound(kind: "ClusterRoleBinding" | "RoleBinding", to: string, user: string, namespace?: string): object {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: `${to}-${user}`, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: to },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
  };
}

const WORKLOAD_RULES = [
  { apiGroups: [""], resources: ["pods", "replicationcontrollers"], verbs: ["list"] },
  { apiGroups: ["apps"], resources: ["deployments", "replicasets", "daemonsets", "statefulsets"], verbs: ["list"] },
  { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: ["list"] },
];

test("5,000 objects over 200 namespaces by all controls: all accounted for, owned ones once, within 10 s and 400 MB", async (context) => {
  const cluster = await clusterOf(context);
  needs(context, "python3");
  const output = path.join(cluster.folder, "result.json");
  const args = ["scan", "--kubeconfig", cluster.kubeconfig, "--format", "json", "--output", output];
  const cost = measureCommand(process.execPath, [program, ...args], cluster.folder);
  expect(cost.stderr).toBe("");
  // Other tests run beside this one: what it computes is its own. The benchmark looks at the clock.
  expect(cost.cpuMillis).toBeLessThan(10_000);
  expect(cost.peakMebibytes).toBeLessThan(400);

  const { result } = await scan(cluster.kubeconfig, "--control", PRIVILEGED);
  const whole = JSON.parse(await readFile(output, "utf8")) as Result;
  const { account, kinds, version } = clusterIn(whole);
  expect(account.listed).toBeGreaterThanOrEqual(NAMESPACES * OBJECTS_OF_NAMESPACE);
  expect(account.owned).toBe(NAMESPACES * OWNED_OF_NAMESPACE);
  for (const one of [account, ...kinds]) expect(one.listed).toBe(one.produced + one.owned + one.repeated + one.dropped);
  expect(account).toMatchObject({ lost: 0, dropped: 0, repeated: 0 });
  expect(version).toMatch(/^v1\./u);
  expect(whole).toMatchObject({ inputs: { kind: "cluster", files: [] }, problems: [], summary: { coverage: 100 } });
  expect(whole.summary.reach.answerable).toBeGreaterThan(whole.controls.filter(({ id }) => id === PRIVILEGED).length);

  // One in ten namespaces has the privileged one; its ReplicaSet and pods are not told again.
  for (const one of [whole, result]) expect(failedNames(one, PRIVILEGED)).toEqual(Array.from({ length: NAMESPACES / 10 }, () => "catalog"));
  expect(whole.findings.every(({ source, edit }) => source === undefined && edit === undefined)).toBe(true);
  expect(new Set(identities(result))).not.toContain("Pod shop-0001/catalog-1-a");
  // The nodes tell whose cluster it is.
  expect(skipsOf(whole, "C-0227").map(({ reason }) => reason)).toEqual(["needs-input"]);
  expect(skipsOf(whole, "C-0241")).toMatchObject([
    { reason: "not-applicable", detail: expect.stringContaining("the cluster is of EKS") as string },
  ]);
});

test("all formats show findings that have no file", async (context) => {
  const { kubeconfig } = await clusterOf(context);
  const asked = ["scan", "--kubeconfig", kubeconfig, "--control", PRIVILEGED, "--include-namespaces", namespaceName(0)];
  const pretty = await runHoldfast([...asked, "--show-inputs"]);
  expect(pretty).toMatchObject({ code: 0, stderr: "" });
  expect(pretty.stdout).toContain("Deployment shop-0001/catalog");
  expect(pretty.stdout).toContain("from the cluster admin (v1.");
  expect(pretty.stdout).toContain("namespace shop-0001");
  for (const line of [
    "INPUTS  13 objects listed, 4 scanned",
    "  deployments.apps: 3 objects",
    "  pods: 0 objects, 6 left out with their owners",
  ])
    expect(pretty.stdout.split("\n")).toContain(line);
  const folder = scratchFolder();
  const stored = await runHoldfast([...asked, "--format", "json", "--output", path.join(folder, "stored.json")]);
  expect(stored.code).toBe(0);
  expect((await runHoldfast(["report", path.join(folder, "stored.json")])).stdout).toContain("Deployment shop-0001/catalog");
  const files = await runHoldfast([...asked, "--format", "sarif,html", "--output", path.join(folder, "result")]);
  expect(files.code).toBe(0);
  const sarif = JSON.parse(await readFile(path.join(folder, "result.sarif"), "utf8")) as {
    runs: { results: { locations?: object[] }[] }[];
  };
  const [finding] = sarif.runs[0]?.results ?? [];
  expect(finding?.locations).toMatchObject([{ logicalLocations: [{ fullyQualifiedName: "apps/v1/Deployment/shop-0001/catalog" }] }]);
});

test("an account that may read half: the other half is skipped with the missing right, nothing passes unseen; preflight says it first", async (context) => {
  const cluster = await clusterOf(context);
  const half = cluster.kubeconfigOf("half");
  await cluster.create([role("half", WORKLOAD_RULES), bound("ClusterRoleBinding", "half", "half")]);
  const options = ["--control", `${PRIVILEGED},C-0035,C-0044`, "--kubeconfig", half];

  const before = await runHoldfast(["scan", "--preflight", ...options]);
  expect(before.code).toBe(3);
  expect(before.stdout).toContain("#   list clusterroles.rbac.authorization.k8s.io\n");
  expect(before.stdout).not.toContain("#   list pods");

  const { result } = await scanResult(options);
  expect(failedNames(result, PRIVILEGED)).toHaveLength(NAMESPACES / 10);
  expect(controlOf(result, "C-0035").status).toBe("skipped");
  expect(skipsOf(result, "C-0035")).toMatchObject([
    { reason: "needs-input", detail: expect.stringContaining("forbidden: list clusterroles.rbac.authorization.k8s.io") as string },
  ]);
  expect(result.problems.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => "cluster-list-forbidden"));
  expect(result.summary.coverage).toBeLessThan(70);
  expect(kindIn(result, "ClusterRole")).toMatchObject({ state: "forbidden", lost: 1, listed: 0 });

  // What preflight prints is the role that is missing, ready to apply.
  const given = load(before.stdout) as { metadata: { name: string }; rules: readonly { verbs: string[]; resources: string[] }[] };
  expect(given.rules.flatMap(({ verbs }) => verbs)).toEqual(Array.from({ length: given.rules.length }, () => "list"));
  expect(given.rules.flatMap(({ resources }) => resources)).not.toContain("secrets");
  await cluster.create([given, bound("ClusterRoleBinding", given.metadata.name, "half")]);
  const after = await runHoldfast(["scan", "--preflight", ...options]);
  expect(after).toMatchObject({ code: 0, stdout: expect.stringContaining("has the") as string });
  const { result: full } = await scanResult(options);
  expect(full).toMatchObject({ problems: [], summary: { coverage: 100 } });
  expect(controlOf(full, "C-0035").status).not.toBe("skipped");
});

test("an account of some namespaces reads those, and the others lower coverage", async (context) => {
  const cluster = await clusterOf(context);
  const [first, second, closed] = [namespaceName(0), namespaceName(1), namespaceName(2)];
  const some = cluster.kubeconfigOf("some");
  await cluster.create([
    role("some", WORKLOAD_RULES),
    bound("RoleBinding", "some", "some", first),
    bound("RoleBinding", "some", "some", second),
  ]);
  const open = await scan(some, "--control", PRIVILEGED, "--include-namespaces", `${first},${second}`);
  expect(open.result).toMatchObject({ problems: [], summary: { coverage: 100 } });
  expect(new Set(open.result.resources.map(({ namespace }) => namespace))).toEqual(new Set([first, second]));

  const partly = await scan(some, "--control", PRIVILEGED, "--include-namespaces", `${first},${closed}`);
  expect(partly.result.summary.coverage).toBe(50);
  expect(namesOf(partly.result, PRIVILEGED, "failed")).toEqual(["catalog"]);
  expect(kindIn(partly.result, "Deployment")).toMatchObject({ state: "partial", lists: 1, lost: 1 });

  const preflight = await runHoldfast([
    "scan",
    "--preflight",
    "--kubeconfig",
    some,
    "--control",
    PRIVILEGED,
    "--include-namespaces",
    `${first},${closed}`,
  ]);
  expect(preflight.stdout).toContain(`#   list pods in namespace ${closed}\n`);
  expect(preflight.stdout).toContain(`kubectl create rolebinding holdfast-scan --namespace=${closed} --clusterrole=holdfast-scan`);
  expect(preflight.stdout).not.toContain("clusterrolebinding");

  const all = await scan(some, "--control", PRIVILEGED);
  expect(all.code).toBe(3);
  expect(all.result.summary.coverage).toBeNull();
});

test("one workload takes the right to get it, and what needs more is not judged", async (context) => {
  const cluster = await clusterOf(context);
  const namespace = namespaceName(0);
  const getter = cluster.kubeconfigOf("getter");
  await cluster.create([
    role("getter", [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }]),
    bound("RoleBinding", "getter", "getter", namespace),
  ]);
  const { result } = await scanResult(["workload", `${namespace}/Deployment/catalog`, "--kubeconfig", getter]);
  expect(identities(result)).toEqual([`Deployment ${namespace}/catalog`]);
  expect(failedNames(result, PRIVILEGED)).toEqual(["catalog"]);
  // Whether a network policy chooses it is not known, which is neither well nor a fault.
  expect(skipsOf(result, "C-0260")).toMatchObject([
    { reason: "needs-input", kinds: expect.arrayContaining(["networking.k8s.io/NetworkPolicy"]) as string[] },
  ]);

  const gone = await runHoldfast(["scan", "workload", `${namespace}/Deployment/gone`, "--kubeconfig", getter]);
  expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining("cluster-object-missing") as string });
  const refused = await runHoldfast(["scan", "workload", `${namespace}/Secret/token`, "--kubeconfig", getter]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("cluster-get-forbidden") as string });
  const senseless = await runHoldfast(["scan", "workload", "catalog", "--kubeconfig", getter]);
  expect(senseless).toMatchObject({ code: 2, stderr: expect.stringContaining("NAMESPACE/KIND/NAME") as string });
});

test("namespaces, kinds and labels choose what is judged", async (context) => {
  const { kubeconfig } = await clusterOf(context);
  const without = await scan(kubeconfig, "--control", "C-0030", "--exclude-namespaces", `${namespaceName(0)},kube-system`);
  const spaces = new Set(without.result.resources.map(({ namespace }) => namespace));
  expect(spaces).not.toContain(namespaceName(0));
  expect(spaces).toContain(namespaceName(1));

  const kinds = await scan(kubeconfig, "--include-kinds", "cronjobs,ConfigMap", "--include-namespaces", namespaceName(0));
  const judged = kinds.result.verdicts.flatMap(({ resource }) => (resource === null ? [] : (kinds.result.resources[resource]?.kind ?? [])));
  expect(new Set(judged)).toEqual(new Set(["CronJob", "ConfigMap"]));

  const labels = await scan(
    kubeconfig,
    "--selector",
    "app in (cart, mail),app!=mail",
    "--control",
    "C-0009,C-0030",
    "--include-namespaces",
    namespaceName(0),
  );
  expect(namesOf(labels.result, "C-0009", "failed")).toEqual(["cart"]);

  const wrong = await runHoldfast(["scan", "--kubeconfig", kubeconfig, "--include-kinds", "Deploymint"]);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/unknown kind "Deploymint".*Deployment/u) as string });
});

test("the values of Secrets stay where they are, unless a rule looks at them", async (context) => {
  const cluster = await clusterOf(context);
  const between = await proxyOf(cluster);
  between.harm(() => null);
  const kubeconfig = cluster.kubeconfigOf("reader", [], between.url);
  const secrets = (): readonly ProxiedRequest[] => between.requests.filter(({ target }) => target.includes("/secrets?"));
  const { result } = await scan(kubeconfig, "--include-namespaces", namespaceName(0));
  expect(secrets().map(({ accept }) => accept)).toEqual([expect.stringContaining("PartialObjectMetadataList")]);
  expect(kindIn(result, "Secret")).toMatchObject({ metadataOnly: true, produced: 2 });

  const folder = scratchFolder({
    "keys.rego": `# METADATA
# title: Secrets with a key
# custom:
#   id: KEYS
#   kinds: [Secret]
package armo_builtins
import rego.v1
deny contains sprintf("%v has a key", [input.metadata.name]) if input.data.key
`,
  });
  between.harm(() => null);
  const custom = await scan(
    kubeconfig,
    "--custom-rules",
    path.join(folder, "keys.rego"),
    "--control",
    "KEYS",
    "--include-namespaces",
    namespaceName(0),
  );
  expect(secrets().map(({ accept }) => accept)).toEqual(["application/json"]);
  expect(failedNames(custom.result, "KEYS")).toEqual(["login", "token"]);
  expect(custom.stdout).not.toContain(Buffer.from("value-of-token").toString("base64"));
});

test("data that node agents left in the cluster is read", async (context) => {
  const cluster = await clusterOf(context);
  const group = "hostdata.kubescape.cloud";
  const crd = (kind: string, plural: string): object => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Cluster",
      names: { kind, plural },
      versions: [
        {
          name: "v1beta0",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  });
  await cluster.create([crd("KubeletInfo", "kubeletinfos")]);
  const target = `/apis/${group}/v1beta0/kubeletinfos`;
  await vi.waitFor(async () => expect((await cluster.request("GET", target)).status).toBe(200), { timeout: 20_000 });
  const data = { serviceFiles: [], kubeConfigFile: { ownership: { username: "root", groupname: "root" }, path: "/k", permissions: 0o666 } };
  await cluster.request("POST", target, { apiVersion: `${group}/v1beta0`, kind: "KubeletInfo", metadata: { name: "node-1" }, data });
  const { result } = await scan(cluster.kubeconfig, "--control", "C-0052,C-0166,C-0167,C-0170,C-0171");
  expect(kindIn(result, "KubeletInfo")).toMatchObject({ state: "listed", produced: 1 });
  expect(result.verdicts.some(({ resource }) => resource !== null && result.resources[resource]?.kind === "KubeletInfo")).toBe(true);
  const without = await scan(cluster.kubeconfig, "--control", "C-0092,C-0164");
  expect(kindIn(without.result, "ControlPlaneInfo")).toMatchObject({ state: "not-served" });
  expect(kindIn(without.result, "KubeProxyInfo")).toMatchObject({ state: "not-served" });
  expect(skipsOf(without.result, "C-0164")).toMatchObject([
    { reason: "needs-input", input: "host-data", providedBy: expect.stringContaining("into the cluster") as string },
  ]);
  // The nodes are EKS's, which keeps the files of the control plane to itself.
  expect(skipsOf(without.result, "C-0092")).toMatchObject([{ reason: "not-applicable" }]);
});

test("what goes wrong on the way is mended, or is a problem with its name", async (context) => {
  const cluster = await clusterOf(context);
  const between = await proxyOf(cluster);
  const kubeconfig = cluster.kubeconfigOf("traveller", [], between.url);
  const options = ["--control", "C-0030,C-0057", "--request-timeout", "4s"];
  const harmed = async (fault: (request: ProxiedRequest) => Fault | null): Promise<Result> => {
    between.harm(fault);
    return (await scan(kubeconfig, ...options)).result;
  };
  const isList = ({ target }: ProxiedRequest, plural: string): boolean => target.includes(`/${plural}?`);
  const calm = await harmed(() => null);
  expect(calm.problems).toEqual([]);
  const verdictsOf = ({ verdicts }: Result): string => JSON.stringify(verdicts);
  const same = (result: Result): void => {
    expect(identities(result)).toEqual(identities(calm));
    expect(verdictsOf(result)).toBe(verdictsOf(calm));
    expect(result.problems).toEqual([]);
  };

  // Each list's first answer breaks off, and the second page of one.
  same(
    await harmed((one) =>
      one.target.includes("?limit=") && (one.earlier === 0 || (isList(one, "deployments") && one.earlier === 2))
        ? { kind: "cut", bytes: 900 }
        : null,
    ),
  );
  // A busy server says when to come back.
  const busy = { kind: "answer", status: 429, body: {}, headers: { "retry-after": "1" } } as const;
  same(await harmed((one) => (isList(one, "networkpolicies") && one.earlier === 0 ? busy : null)));
  // The list is forgotten: once it can go on, once it must begin again.
  let token: string | null = null;
  same(
    await harmed((one) => {
      if (!isList(one, "deployments")) return null;
      token = new URL(one.target, between.url).searchParams.get("continue") ?? token;
      return one.earlier === 1 ? expired(null) : one.earlier === 4 ? expired(token) : null;
    }),
  );
  // A page takes longer than it may, until fewer objects are asked for.
  same(
    await harmed((one) => (isList(one, "deployments") && one.target.includes("limit=500") ? { kind: "slow", milliseconds: 8000 } : null)),
  );

  const cut = await harmed((one) => (isList(one, "networkpolicies") ? { kind: "cut", bytes: 900 } : null));
  expect(cut.problems).toMatchObject([{ code: "cluster-list-failed", subject: "list networkpolicies.networking.k8s.io" }]);
  expect(skipsOf(cut, "C-0030")).toMatchObject([
    { reason: "needs-input", detail: expect.stringContaining("networkpolicies.networking.k8s.io failed") as string },
  ]);
  expect(cut.summary.coverage).toBeLessThan(100);

  const old = await harmed((one) => (isList(one, "deployments") && one.earlier > 0 ? expired(null) : null));
  expect(old.problems).toMatchObject([{ code: "cluster-list-expired" }]);

  // A kind is deleted between two pages.
  const notFound = {
    kind: "answer",
    status: 404,
    body: { kind: "Status", message: "the server could not find the requested resource" },
  } as const;
  const vanished = await harmed((one) => (isList(one, "deployments") && one.earlier > 0 ? notFound : null));
  expect(vanished.problems).toMatchObject([{ code: "cluster-kind-vanished", effect: "degraded" }]);
  expect(kindIn(vanished, "Deployment")).toMatchObject({ state: "vanished", listed: 500, dropped: 500, produced: 0 });
  expect(vanished.resources.some(({ kind }) => kind === "Deployment")).toBe(false);
});

test("the current context is asked without a word, by whatever way its account authenticates", async (context) => {
  const cluster = await clusterOf(context);
  const namespace = namespaceName(0);
  const account = `system:serviceaccount:${namespace}:catalog`;
  await cluster.create([role("ways", WORKLOAD_RULES), bound("RoleBinding", "ways", account, namespace)]);
  const { body } = await cluster.request("POST", `/api/v1/namespaces/${namespace}/serviceaccounts/catalog/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: 3600 },
  });
  const { token } = body["status"] as { token: string };
  const credential = { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token } };
  const admin = cluster.authority.user("embedded", ["system:masters"]);
  const base64 = (file: string): string => readFileSync(file).toString("base64");
  const users = {
    token: { token },
    file: { tokenFile: "tokens/catalog" },
    plugin: {
      exec: {
        apiVersion: "client.authentication.k8s.io/v1",
        command: "./plugin.sh",
        args: ["token"],
        env: [{ name: "ANSWER", value: JSON.stringify(credential) }],
        interactiveMode: "Never",
      },
    },
    lost: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "no-such-plugin", installHint: "install it first" } },
    broken: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "./plugin.sh", args: ["fail"] } },
    embedded: { "client-certificate-data": base64(admin.certificate), "client-key-data": base64(admin.key) },
    acting: { "client-certificate-data": base64(admin.certificate), "client-key-data": base64(admin.key), as: account },
    nobody: {},
  };
  const names = Object.keys(users);
  const folder = scratchFolder({
    "tokens/catalog": token,
    ".kube/config": JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        { name: "c", cluster: { server: cluster.url, "certificate-authority-data": base64(cluster.authority.certificate) } },
        { name: "down", cluster: { server: "https://127.0.0.1:1" } },
        { name: "stranger", cluster: { server: cluster.url } },
      ],
      users: Object.entries(users).map(([name, user]) => ({ name, user })),
      contexts: [
        ...names.map((name) => ({ name, context: { cluster: "c", user: name, namespace } })),
        { name: "down", context: { cluster: "down", user: "token" } },
        { name: "stranger", context: { cluster: "stranger", user: "token" } },
      ],
      "current-context": "token",
    }),
  });
  const home = path.join(folder, ".kube");
  mkdirSync(path.join(home, "tokens"));
  writeFileSync(path.join(home, "tokens/catalog"), token);
  const plugin = `#!/bin/sh
if [ "$1" = fail ]; then echo "log in first" >&2; exit 1; fi
case "$KUBERNETES_EXEC_INFO" in *ExecCredential*) printf '%s' "$ANSWER";; esac
`;
  writeFileSync(path.join(home, "plugin.sh"), plugin, { mode: 0o755 });
  const env = { HOME: folder };
  const inNamespace = ["--control", PRIVILEGED, "--include-namespaces", namespace];

  const current = await scanResult(inNamespace, { env });
  expect(clusterIn(current.result).context).toBe("token");
  for (const name of ["file", "plugin", "embedded", "acting"]) {
    const { result } = await scanResult([`--cluster=${name}`, ...inNamespace], { env });
    expect(failedNames(result, PRIVILEGED)).toEqual(["catalog"]);
  }
  const named = await scanResult(["workload", "Deployment/catalog", "--cluster=embedded"], { env });
  expect(identities(named.result)).toEqual([`Deployment ${namespace}/catalog`]);

  const failing: readonly (readonly [readonly string[], RegExp])[] = [
    [["--cluster=down"], /context down \(https:\/\/127\.0\.0\.1:1\).*refused/u],
    [["--cluster=stranger"], /context stranger.*certificate/u],
    [["--cluster=broken"], /plugin\.sh ended with 1: log in first/u],
    [["--cluster=lost"], /no-such-plugin can't be run \(ENOENT\): install it first/u],
    [["--cluster=tokin"], /no context "tokin".*token/u],
    [["--kubeconfig", "none.yaml"], /none\.yaml can't be read/u],
    [["--cluster", "deploy/"], /--cluster|no context "deploy\/"/u],
    [["deploy/", "--preflight"], /--preflight is about a live cluster/u],
    [["--include-namespaces", "../x"], /can't be a namespace/u],
  ];
  for (const [args, message] of failing) {
    const { code, stdout, stderr } = await runHoldfast(["scan", ...args], { env });
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  }
  const nothing = await runHoldfast(["scan"], { env: { HOME: scratchFolder() } });
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining("no cluster to scan: there is no kubeconfig") as string });
});
