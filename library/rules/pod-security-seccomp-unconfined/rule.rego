# METADATA
# title: Seccomp switched off
# description: Pods and containers that run under no seccomp profile by their own wish.
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
	some place in security_context.places(obj)
	type := pod_security_standard.profile_type(place.context, "seccompProfile")
	not type in pod_security_standard.confining_profiles
	repair := workload.repair(place.list, [{"path": sprintf("%s.seccompProfile.type", [security_context.path(obj, place)]), "value": "RuntimeDefault"}])
	finding := security_context.finding(obj, place, sprintf("runs under the seccomp profile %v", [type]), repair)
}
