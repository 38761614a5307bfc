# METADATA
# title: EKS API servers without access limits
# description: Finds EKS clusters whose nodes leave their network to reach the API server, or whose API server answers the whole world.
# scope: package
# custom:
#   kinds: [eks.amazonaws.com/ClusterDescribe]
#   needs: cloud
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.cloud
import rego.v1

deny contains finding if {
	some cluster in input
	fault := fault_of(cloud.eks_network(cluster))
	finding := cloud.finding(
		cluster,
		sprintf("The API server of %s %s", [cloud.label(cluster), fault]),
		sprintf("%s; or keep public access for a few ranges with publicAccessCidrs", [cloud.eks_private_command]),
	)
}

fault_of(network) := "has no private endpoint" if not cloud.private_endpoint(network)

else := "may be reached from anywhere" if cloud.open_endpoint(network)
