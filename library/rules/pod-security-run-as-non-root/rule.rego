# METADATA
# title: Root not ruled out
# description: Pods and containers that say runAsNonRoot is false, and containers for which nobody says that it is true.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.security_context
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some place in security_context.places(obj)
	place.context.runAsNonRoot == false
	finding := security_context.finding(obj, place, "allows root in so many words", repair(obj, place))
}

deny contains finding if {
	some obj in input
	not says(security_context.pod(obj))
	some place in security_context.containers(obj)
	not says(place)
	finding := security_context.finding(obj, place, "doesn't rule out root", repair(obj, place))
}

says(place) if is_boolean(place.context.runAsNonRoot)

repair(obj, place) := workload.repair(place.list, [{"path": sprintf("%s.runAsNonRoot", [security_context.path(obj, place)]), "value": true}])
