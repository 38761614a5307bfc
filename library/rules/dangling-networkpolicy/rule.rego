# METADATA
# title: Network policies for nobody
# description: Finds NetworkPolicies that select no pod of their namespace.
# scope: package
# custom:
#   kinds: [networking.k8s.io/NetworkPolicy, Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.pod_index
import data.holdfast.lib.selector
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some policy in input
	policy.kind == "NetworkPolicy"

	# One that selects everything stands ready for pods to come.
	count(selector.keys(policy.spec.podSelector)) > 0
	not pod_index.has_selected(workload.namespace(policy), policy.spec.podSelector)
	finding := {
		"alertMessage": sprintf("%s selects no pod of namespace %v", [workload.label(policy), workload.namespace(policy)]),
		"alertObject": {"k8sApiObjects": [policy]},
		"failedPaths": ["spec.podSelector"],
		"reviewPaths": ["spec.podSelector"],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the selector, the labels of the pods or the policy itself is what is wrong can't be seen here.",
	}
}
