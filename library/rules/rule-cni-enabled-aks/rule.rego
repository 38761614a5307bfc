# METADATA
# title: AKS without network policies
# description: Finds AKS clusters that have no engine for network policies, so that policies have no effect.
# scope: package
# custom:
#   kinds: [management.azure.com/ClusterDescribe]
#   needs: cloud
#   clouds: [AKS]
package armo_builtins

import rego.v1

import data.holdfast.lib.cloud

deny contains finding if {
	some cluster in input
	not enforced(cluster)
	finding := cloud.finding(cluster, sprintf("Network policies have no effect in %s, which has no engine for them", [cloud.label(cluster)]), "az aks update --network-policy cilium or calico, with the network plugin azure.")
}

enforced(cluster) if cluster.data.properties.networkProfile.networkPolicy in {"azure", "calico", "cilium"}
