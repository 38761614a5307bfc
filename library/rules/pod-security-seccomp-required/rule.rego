# METADATA
# title: No seccomp profile
# description: Containers for which neither they nor their pod name any seccomp profile.
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
	not workload.windows(workload.pod_spec(obj))
	not pod_security_standard.profile_type(security_context.pod(obj).context, "seccompProfile")
	some place in security_context.containers(obj)
	not pod_security_standard.profile_type(place.context, "seccompProfile")
	repair := workload.repair(place.list, [{"path": sprintf("%s.seccompProfile.type", [security_context.path(obj, place)]), "value": "RuntimeDefault"}])
	finding := security_context.finding(obj, place, "runs under no seccomp profile", repair)
}
