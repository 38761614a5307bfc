# METADATA
# title: EKS API servers that aren't private
# description: Finds EKS clusters whose API server has a public endpoint or no private one.
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
	network := cloud.eks_network(cluster)
	not is_private(network)
	finding := cloud.finding(cluster, sprintf("The API server of %s isn't private", [cloud.label(cluster)]), cloud.eks_private_command)
}

is_private(network) if {
	cloud.private_endpoint(network)
	not cloud.public_endpoint(network)
}
