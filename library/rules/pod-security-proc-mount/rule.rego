# METADATA
# title: Unmasked /proc
# description: Containers that ask for a /proc in which nothing is masked.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.security_context
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some place in security_context.containers(obj)
	not object.get(place.context, "procMount", null) in {null, "Default"}
	repair := workload.repair(place.list, [{"path": sprintf("%s.procMount", [security_context.path(obj, place)]), "value": "Default"}])
	finding := security_context.finding(obj, place, sprintf("has a /proc of the type %v", [place.context.procMount]), repair)
}
