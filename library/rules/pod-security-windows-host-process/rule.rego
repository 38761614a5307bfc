# METADATA
# title: HostProcess containers
# description: Pods and containers that run as processes of their Windows node.
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
	place.context.windowsOptions.hostProcess == true
	removal := workload.removal(place.list, [sprintf("%s.windowsOptions.hostProcess", [security_context.path(obj, place)])])
	finding := security_context.finding(obj, place, "runs as a process of its Windows node", removal)
}
