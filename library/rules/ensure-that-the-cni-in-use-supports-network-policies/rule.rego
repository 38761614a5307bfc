# METADATA
# title: Networks without network policies
# description: Finds nodes whose network plugin takes no notice of NetworkPolicies.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/CNIInfo]
#   needs: host-data
package armo_builtins

import data.holdfast.lib.network_plugin
import rego.v1

deny contains finding if {
	some info in input
	network_plugin.enforces_nothing(info)
	finding := {
		"alertMessage": sprintf("The network of node %v (%v) doesn't enforce network policies", [info.metadata.name, concat(", ", info.data.CNINames)]),
		"alertObject": {"k8sApiObjects": [info]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The network plugin is a choice for the whole cluster: add one that enforces policies, or switch on the enforcement that yours has.",
	}
}
