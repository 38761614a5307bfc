# METADATA
# title: The user 0
# description: Pods and containers that choose the user 0.
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
	place.context.runAsUser in {0, "0"}
	repair := workload.repair(place.list, [{
		"path": sprintf("%s.runAsUser", [security_context.path(obj, place)]),
		"choose": "the number of the user that the image is built for; any above 0 that may read what the application needs",
	}])
	finding := security_context.finding(obj, place, "runs as the user 0", repair)
}
