# METADATA
# title: Another seccomp profile than the default of the runtime
# description: Pods and containers with another seccomp profile than RuntimeDefault, and containers without any.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

# The pod names another profile, for a container that names none.
deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	other_profile(spec)
	some list in workload.container_lists
	some container in spec[list]
	not names_profile(container)
	finding := {
		"alertMessage": sprintf("%s runs under the seccomp profile %v", [workload.label(obj), spec.securityContext.seccompProfile.type]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.securityContext.seccompProfile.type", [workload.pod_path(obj)])],
		"noFix": profile_advice("containers"),
	}
}

# A container names another one.
deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	other_profile(container)
	finding := {
		"alertMessage": sprintf("%s runs under the seccomp profile %v", [workload.container_label(obj, container), container.securityContext.seccompProfile.type]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.securityContext.seccompProfile.type", [workload.container_path(obj, list, i)])],
		"noFix": profile_advice(list),
	}
}

# Neither names any.
deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	not names_profile(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	not names_profile(container)
	path := sprintf("%s.securityContext.seccompProfile.type", [workload.container_path(obj, list, i)])
	finding := object.union(workload.repair(list, [{"path": path, "value": "RuntimeDefault"}]), {
		"alertMessage": sprintf("%s runs under no seccomp profile", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

names_profile(holder) if {
	type := holder.securityContext.seccompProfile.type
	not type in {null, ""}
}

other_profile(holder) if {
	names_profile(holder)
	holder.securityContext.seccompProfile.type != "RuntimeDefault"
}

profile_advice(list) := workload.advice(list, "A profile of its own may be stricter than the runtime's, and Unconfined is none: read it, then set RuntimeDefault or make an exception.")
