# METADATA
# title: EKS nodes without network policies
# description: Finds nodes of EKS whose network plugin enforces no network policies by itself.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/CNIInfo]
#   needs: host-data
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.network_plugin
import rego.v1

deny contains finding if {
	some info in input
	network_plugin.enforces_nothing(info)
	finding := {
		"alertMessage": sprintf("The network plugin of node %s (%s) enforces no network policies", [info.metadata.name, concat(", ", info.data.CNINames)]),
		"alertObject": {"k8sApiObjects": [info]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Enforcement is switched on for the cluster, not on a node: set enableNetworkPolicy in the configuration of the add-on vpc-cni, or install Calico or Cilium.",
	}
}
