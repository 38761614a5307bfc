# METADATA
# title: Networks without network policies
# description: Finds nodes whose network plugin takes no notice of NetworkPolicies.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/CNIInfo]
#   needs: host-data
package armo_builtins

import rego.v1

deny contains finding if {
	some info in input
	info.kind == "CNIInfo"
	names := info.data.CNINames
	count(names) > 0

	# One that enforces policies may run beside one that doesn't.
	every name in names {
		lower(name) in {"aws", "flannel", "bridge"}
	}
	finding := {
		"alertMessage": sprintf("The network of node %v (%v) doesn't enforce network policies", [info.metadata.name, concat(", ", names)]),
		"alertObject": {"k8sApiObjects": [info]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The network plugin is a choice for the whole cluster: add one that enforces policies, or switch on the enforcement that yours has.",
	}
}
