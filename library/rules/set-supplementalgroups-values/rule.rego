# METADATA
# title: Root among the groups
# description: Pods whose processes belong to the group of root beside their own.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some group in spec.securityContext.supplementalGroups
	group in {0, "0"}
	path := sprintf("%s.securityContext.supplementalGroups", [workload.pod_path(obj)])
	finding := {
		"alertMessage": sprintf("%s gives its processes the group of root", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [path],
		"fixPaths": [{
			"path": path,
			"choose": "the list without 0, and with the group that owns the files for which 0 was put there",
			"value": "REMOVE_GROUP_0",
		}],
	}
}
