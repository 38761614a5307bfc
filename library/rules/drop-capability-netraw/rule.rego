# METADATA
# title: Containers that may forge packets
# description: Containers that keep or add NET_RAW, with which a process can forge packets of its neighbours.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.capability
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	not names_any(container, "drop", {"NET_RAW", "ALL"})
	path := sprintf("%s.securityContext.capabilities.drop[%d]", [workload.container_path(obj, list, i), count(entries(container, "drop"))])
	finding := object.union(workload.repair(list, [{"path": path, "value": "NET_RAW"}]), {
		"alertMessage": sprintf("%s keeps NET_RAW", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	adds(container)
	path := sprintf("%s.securityContext.capabilities.add", [workload.container_path(obj, list, i)])
	finding := object.union(repair(list, container, path), {
		"alertMessage": sprintf("%s adds NET_RAW", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

adds(container) if names_any(container, "add", {"NET_RAW"})

# Runtimes take away what is dropped by name after they added everything.
adds(container) if {
	names_any(container, "add", {"ALL"})
	not names_any(container, "drop", {"NET_RAW"})
}

# The whole list can go only where nothing else is in it.
repair(list, container, path) := workload.removal(list, [path]) if count(entries(container, "add")) == 1

else := {"failedPaths": [path], "noFix": "Take NET_RAW, or ALL, out of the list. The other capabilities in it may be needed, so that the list as a whole can't be removed."}

names_any(container, list, names) if {
	some written in container.securityContext.capabilities[list]
	capability.name(written) in names
}

entries(container, list) := written if {
	written := container.securityContext.capabilities[list]
	is_array(written)
}

else := []
