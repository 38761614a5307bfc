"use strict";
const { absent, elements, elementsInOrder, equals, keysOf, nothing, RegoSet } = runtime;
const constant = RegoSet.of("Deployment", "Job");
const path = ["allowed"];
const sprintf3 = builtins.get("sprintf").direct;
const startswith = builtins.get("startswith").direct;
const options = new Set(["Deployment", "Job"]);
const internalMember2 = builtins.get("internal.member_2").direct;
const path2 = ["spec", "app"];
const contains = builtins.get("contains").direct;
function workloads(c) {
  const memo = c.memo[0];
  if (memo !== undefined) return memo === absent ? undefined : memo;
  return (c.memo[0] = constant);
}
function deny(c) {
  const memo = c.memo[1];
  if (memo !== undefined) return memo;
  const result = RegoSet.ofJson();
  body: {
    const input = c.input;
    if (input === undefined) break body;
    let array = nothing;
    const allowed = c.base(path);
    const registry = input?.registry;
    const items = elements(input);
    for (let i = 0; i < items.length; i++) {
      const obj = items[i];
      const spec = podSpec(c, obj);
      if (spec === undefined) continue;
      const containers = spec?.containers;
      if (containers === undefined) continue;
      const name = obj?.metadata?.name;
      const items2 = elements(containers);
      const keys = keysOf(containers);
      for (let i2 = 0; i2 < items2.length; i2++) {
        const i3 = keys === null ? i2 : keys[i2];
        const container = items2[i2];
        const privileged = container?.securityContext?.privileged;
        if (privileged !== true) continue;
        const image = container?.image;
        if (image === undefined) continue;
        absent2: {
          const result2 = exempt(c, image);
          if (result2 === undefined || result2 === false) break absent2;
          continue;
        }
        const name2 = container?.name;
        if (name2 === undefined) continue;
        if (name === undefined) continue;
        const sprintf = "container " + (typeof name2 === "string" ? name2 : sprintf3("%v", [name2])) + " of " + (typeof name === "string" ? name : sprintf3("%v", [name])) + " is privileged";
        const sprintf2 = "spec.containers[" + (typeof i3 === "number" && (i3 | 0) === i3 ? i3 : sprintf3("%d", [i3])) + "]";
        if (array === nothing) {
          array = undefined;
          const list = [];
          collected: {
            if (allowed === undefined) break collected;
            const items3 = elementsInOrder(allowed);
            for (let i4 = 0; i4 < items3.length; i4++) {
              const image2 = items3[i4];
              if (registry === undefined) continue;
              if (startswith(image2, registry) !== true) continue;
              list.push(image2);
            }
          }
          array = list;
        }
        if (array === undefined) continue;
        const finding = { "message": sprintf, "path": sprintf2, "allowed": array };
        result.gather(finding);
      }
    }
  }
  return (c.memo[1] = result);
}
function podSpec(c, obj) {
  const kind = obj?.kind;
  body: {
    if (kind !== "Pod") break body;
    const spec = obj?.spec;
    if (spec === undefined) break body;
    return spec;
  }
  body2: {
    if (kind === undefined) break body2;
    if (!options.has(kind)) break body2;
    const spec2 = obj?.spec?.template?.spec;
    if (spec2 === undefined) break body2;
    return spec2;
  }
  return undefined;
}
function exempt(c, image) {
  body: {
    const allowed = c.base(path);
    if (allowed === undefined) break body;
    if (!internalMember2(image, allowed)) break body;
    return true;
  }
  return undefined;
}
function services(c) {
  const memo = c.memo[4];
  if (memo !== undefined) return memo;
  const result = RegoSet.ofJson();
  body: {
    const input = c.input;
    if (input === undefined) break body;
    const items = elements(input);
    for (let i = 0; i < items.length; i++) {
      const pod = items[i];
      const app = pod?.metadata?.labels?.app;
      const name = pod?.metadata?.name;
      const items2 = c.indexes.find(input, "[\"spec\",\"app\"]", path2, app, false);
      for (let i2 = 0; i2 < items2.length; i2++) {
        const service = items2[i2];
        const app2 = service?.spec?.app;
        if (app2 === undefined) continue;
        if (app === undefined) continue;
        if (!equals(app2, app)) continue;
        if (name === undefined) continue;
        const name2 = service?.metadata?.name;
        if (name2 === undefined) continue;
        const array = [name, name2];
        result.gather(array);
      }
    }
  }
  return (c.memo[4] = result);
}
function strict(c) {
  const memo = c.memo[5];
  if (memo !== undefined) return memo === absent ? undefined : memo;
  body: {
    const allowed = c.base(path);
    if (allowed === undefined) break body;
    if (typeof allowed !== "object" || allowed === null) break body;
    const items = elements(allowed);
    for (let i = 0; i < items.length; i++) {
      const name = items[i];
      unmet: {
        if (contains(name, "@sha256:") !== true) break unmet;
        continue;
      }
      break body;
    }
    return (c.memo[5] = true);
  }
  return (c.memo[5] = false);
}
return [
  { index: 0, path: ["sample", "workloads"], kind: "complete", alone: true, evaluate: workloads },
  { index: 1, path: ["sample", "deny"], kind: "set", alone: true, evaluate: deny },
  { index: 2, path: ["sample", "pod_spec"], kind: "function", alone: true, evaluate: podSpec },
  { index: 3, path: ["sample", "exempt"], kind: "function", alone: true, evaluate: exempt },
  { index: 4, path: ["sample", "services"], kind: "set", alone: true, evaluate: services },
  { index: 5, path: ["sample", "strict"], kind: "complete", alone: true, evaluate: strict },
];
