# METADATA
# title: Capabilities kept or added
# description: Containers that do not drop all capabilities, or add another than NET_BIND_SERVICE.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.pod_security_standard
import data.holdfast.lib.security_context
import data.holdfast.lib.workload
import rego.v1

# Admission compares the spelling: "all" is not "ALL" to it, though it is to the runtimes.
deny contains finding if {
	some obj in input
	not workload.windows(workload.pod_spec(obj))
	some place in security_context.containers(obj)
	dropped := [name | some name in place.context.capabilities.drop]
	not "ALL" in dropped
	fix := {"path": sprintf("%s.capabilities.drop[%d]", [security_context.path(obj, place), count(dropped)]), "value": "ALL"}
	finding := security_context.finding(obj, place, "doesn't drop ALL capabilities", workload.repair(place.list, [fix]))
}

deny contains finding if {
	some obj in input
	not workload.windows(workload.pod_spec(obj))
	some place in security_context.containers(obj)
	paths := [sprintf("%s.capabilities.add[%d]", [security_context.path(obj, place), i]) |
		some i, added in place.context.capabilities.add
		not added in pod_security_standard.restricted_capabilities
	]
	count(paths) > 0
	finding := security_context.finding(obj, place, "adds capabilities other than NET_BIND_SERVICE", workload.removal(place.list, paths))
}
