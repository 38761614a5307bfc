# METADATA
# title: Sysctls beyond the safe ones
# description: Pods that set sysctls which may concern more than the pod.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.pod_security_standard
import data.holdfast.lib.security_context
import rego.v1

deny contains finding if {
	some obj in input
	place := security_context.pod(obj)
	paths := [sprintf("%s.sysctls[%d]", [security_context.path(obj, place), i]) |
		some i, sysctl in place.context.sysctls
		not sysctl.name in pod_security_standard.sysctls
	]
	count(paths) > 0
	finding := security_context.finding(obj, place, "sets sysctls that the Pod Security Standards refuse", {
		"reviewPaths": paths,
		"noFix": "Whether the application needs the setting decides: take it out if not; else set it on nodes that run nothing else.",
	})
}
