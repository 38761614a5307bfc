# METADATA
# title: Workloads that no network policy is about
# description: Finds workloads whose pods no network policy of any kind selects.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, networking.k8s.io/NetworkPolicy, cilium.io/CiliumNetworkPolicy, cilium.io/CiliumClusterwideNetworkPolicy, projectcalico.org/NetworkPolicy, projectcalico.org/GlobalNetworkPolicy, crd.projectcalico.org/NetworkPolicy, crd.projectcalico.org/GlobalNetworkPolicy]
package armo_builtins

import data.holdfast.lib.network_policy
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	workload.pod_spec(obj)
	not network_policy.selected(obj)
	finding := {
		"alertMessage": sprintf("No network policy selects the pods of %s", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The workload itself needs no change: its namespace needs a network policy that selects its pods and allows what they use.",
	}
}
