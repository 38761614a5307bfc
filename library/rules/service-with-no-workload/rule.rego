# METADATA
# title: Services without pods
# description: Finds Services whose selector selects no pod of their namespace.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service]
package armo_builtins

import data.holdfast.lib.pod_index
import data.holdfast.lib.service
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some one in input
	service.selects_pods(one)
	not pod_index.has_selected(workload.namespace(one), {"matchLabels": one.spec.selector})
	finding := {
		"alertMessage": sprintf("%s leads to no pod: nothing in its namespace has all the labels of its selector", [service.label(one)]),
		"alertObject": {"k8sApiObjects": [one]},
		"failedPaths": ["spec.selector"],
		"reviewPaths": ["spec.selector"],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the selector, the labels of the pods or the Service itself is what is wrong can't be seen here.",
	}
}
