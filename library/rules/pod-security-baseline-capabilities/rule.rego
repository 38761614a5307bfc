# METADATA
# title: Capabilities beyond baseline
# description: Containers that add capabilities which the Pod Security Standard baseline has no place for.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.pod_security_standard
import data.holdfast.lib.security_context
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some place in security_context.containers(obj)
	paths := [sprintf("%s.capabilities.add[%d]", [security_context.path(obj, place), i]) |
		some i, added in place.context.capabilities.add
		not added in pod_security_standard.baseline_capabilities
	]
	count(paths) > 0
	finding := security_context.finding(obj, place, "adds capabilities beyond those of baseline", workload.removal(place.list, paths))
}
