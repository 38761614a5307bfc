# METADATA
# title: Namespaces without network policies
# description: Finds every namespace that has no network policy, of its own or cluster-wide.
# scope: package
# custom:
#   kinds: [Namespace, networking.k8s.io/NetworkPolicy, cilium.io/CiliumNetworkPolicy, cilium.io/CiliumClusterwideNetworkPolicy, projectcalico.org/NetworkPolicy, projectcalico.org/GlobalNetworkPolicy, crd.projectcalico.org/NetworkPolicy, crd.projectcalico.org/GlobalNetworkPolicy]
package armo_builtins

import rego.v1

import data.holdfast.lib.network_policy

deny contains msg if {
	some namespace in input
	namespace.kind == "Namespace"
	not network_policy.governed(namespace.metadata.name)
	msg := {
		"alertMessage": sprintf("Namespace %s has no network policy", [namespace.metadata.name]),
		"alertObject": {"k8sApiObjects": [namespace]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The namespace itself needs no change: it needs a network policy that denies by default, and others that allow what its pods use.",
	}
}
