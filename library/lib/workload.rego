# METADATA
# title: Workloads
# description: Where a workload of any kind keeps its pod, its containers and their settings.
package holdfast.lib.workload

import rego.v1

# The lists of a pod that hold containers. Ephemeral containers are the ones `kubectl debug` adds.
container_lists := ["containers", "initContainers", "ephemeralContainers"]

# The lists whose containers may have ports, resources and subPath mounts: the API refuses these on ephemeral containers.
lasting_lists := ["containers", "initContainers"]

# The kinds of workloads, and those of them that keep their pod in spec.template.
kinds := templated | {"Pod", "CronJob"}

templated := {"Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController", "Job"}

# The pod spec of a workload; undefined for any other object.
pod_spec(obj) := obj.spec if obj.kind == "Pod"

pod_spec(obj) := obj.spec.template.spec if obj.kind in templated

pod_spec(obj) := obj.spec.jobTemplate.spec.template.spec if obj.kind == "CronJob"

# The path of the pod spec within its workload.
pod_path(obj) := "spec" if obj.kind == "Pod"

pod_path(obj) := "spec.template.spec" if obj.kind in templated

pod_path(obj) := "spec.jobTemplate.spec.template.spec" if obj.kind == "CronJob"

container_path(obj, list, i) := sprintf("%s.%s[%d]", [pod_path(obj), list, i])

# "container web of Deployment shop", for messages.
container_label(obj, container) := sprintf("container %v of %s", [object.get(container, "name", "without a name"), label(obj)])

label(obj) := sprintf("%v %v", [obj.kind, object.get(object.get(obj, "metadata", {}), "name", "without a name")])

namespace(obj) := obj.metadata.namespace if obj.metadata.namespace != ""

else := "default"

# A field of the security context as it takes effect: the container's own, else the pod's. `null` is as good as absent.
setting(spec, container, field) := container.securityContext[field] if container.securityContext[field] != null

else := spec.securityContext[field] if spec.securityContext[field] != null

# Where that field is set, or belongs if it is set nowhere.
setting_path(obj, spec, list, i, field) := sprintf("%s.securityContext.%s", [pod_path(obj), field]) if {
	spec.securityContext[field] != null
	object.get(spec[list][i], ["securityContext", field], null) == null
}

else := sprintf("%s.securityContext.%s", [container_path(obj, list, i), field])

# Windows pods: the API refuses Linux settings on them.
windows(spec) if spec.os.name == "windows"

# How a finding about a container is repaired. What an ephemeral container was started with can't be changed any more.
repair("containers", fixes) := {"fixPaths": fixes}

repair("initContainers", fixes) := {"fixPaths": fixes}

repair("ephemeralContainers", _) := {"noFix": ephemeral_advice}

# The same where the repair is to remove what stands at the paths.
removal("containers", paths) := {"deletePaths": paths}

removal("initContainers", paths) := {"deletePaths": paths}

removal("ephemeralContainers", paths) := {"failedPaths": paths, "noFix": ephemeral_advice}

ephemeral_advice := "An ephemeral container can't be changed once it was added. Replace the pod to be rid of it, and start the next one with a stricter profile, such as kubectl debug --profile=restricted."

# Why a finding about a container has no change: what can be done in general, unless it can't be changed any more.
advice("containers", remedy) := remedy

advice("initContainers", remedy) := remedy

advice("ephemeralContainers", _) := ephemeral_advice
