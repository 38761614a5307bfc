# METADATA
# title: Privileged containers
# description: Containers that run privileged, or with the capability that comes to the same, SYS_ADMIN.
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
	some list in workload.container_lists
	some i, container in spec[list]
	privileged(container.securityContext)
	paths := [sprintf("%s.securityContext.%s", [workload.container_path(obj, list, i), grant]) |
		some grant in grants(container.securityContext)
	]
	finding := object.union(workload.removal(list, paths), {
		"alertMessage": sprintf("%s is as good as root on its node", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

privileged(context) if context.privileged == true

privileged(context) if {
	some added in context.capabilities.add
	administrates(added)
}

grants(context) := array.concat(
	["privileged" | context.privileged == true],
	[sprintf("capabilities.add[%d]", [i]) | some i, added in context.capabilities.add; administrates(added)],
)

# ALL includes SYS_ADMIN.
administrates(added) if capability.name(added) in {"SYS_ADMIN", "ALL"}
