# METADATA
# title: No group for volumes
# description: Pods that do not say which group their volumes belong to, or say that of root.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	not has_group(spec)
	finding := {
		"alertMessage": sprintf("%s names no group for its volumes", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{
			"path": sprintf("%s.securityContext.fsGroup", [workload.pod_path(obj)]),
			"choose": "the number, above 0, of a group that the application's processes may have, such as the one that owns its files in the image",
		}],
	}
}

# Group 0 is root's, and the API refuses negative numbers.
has_group(spec) if {
	is_number(spec.securityContext.fsGroup)
	spec.securityContext.fsGroup > 0
}
