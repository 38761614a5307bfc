# METADATA
# title: Selectors that miss their own pods
# description: Finds workloads whose selector doesn't select the pods of their template.
# scope: package
# custom:
#   kinds: [ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.network_policy
import data.holdfast.lib.own_selector
import data.holdfast.lib.selector
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	labels := network_policy.own_labels(obj)
	some part in own_selector.parts(obj)
	not selector.selects(part.selector, labels)
	finding := {
		"alertMessage": sprintf("The selector of %s doesn't select the pods of its own template", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [part.path],
		"reviewPaths": [part.path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the selector or the labels of the template are wrong can't be seen here. The selector of what is already running can't be changed.",
	}
}
