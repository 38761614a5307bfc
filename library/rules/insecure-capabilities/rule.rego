# METADATA
# title: Dangerous capabilities
# description: Containers that add a capability with which they can take over their node or spy on it.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   parameters: [insecureCapabilities]
package armo_builtins

import data.holdfast.lib.capability
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	added := container.securityContext.capabilities.add
	paths := [sprintf("%s.securityContext.capabilities.add[%d]", [workload.container_path(obj, list, i), j]) |
		some j, written in added
		capability.name(written) in capability.insecure
	]
	count(paths) > 0
	finding := object.union(workload.removal(list, paths), {
		"alertMessage": sprintf("%s adds dangerous capabilities", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}
