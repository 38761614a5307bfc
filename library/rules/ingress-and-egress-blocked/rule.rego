# METADATA
# title: Workloads open to the network
# description: Finds every workload whose pods no network policy isolates in both directions.
# scope: package
# custom:
#   kinds: [Pod, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, networking.k8s.io/NetworkPolicy, cilium.io/CiliumNetworkPolicy, cilium.io/CiliumClusterwideNetworkPolicy, projectcalico.org/NetworkPolicy, projectcalico.org/GlobalNetworkPolicy, crd.projectcalico.org/NetworkPolicy, crd.projectcalico.org/GlobalNetworkPolicy]
package armo_builtins

import rego.v1

import data.holdfast.lib.network_policy
import data.holdfast.lib.workload

deny contains msg if {
	some obj in input
	open := open_directions(obj)
	count(open) > 0
	msg := {
		"alertMessage": sprintf("No network policy isolates the pods of %s for %s", [workload.label(obj), concat(" and ", open)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The workload itself needs no change: its namespace needs a network policy that selects its pods and allows what they use.",
	}
}

open_directions(obj) := [direction |
	closed := network_policy.closed_directions(obj)
	some direction in ["ingress", "egress"]
	not direction in closed
]
