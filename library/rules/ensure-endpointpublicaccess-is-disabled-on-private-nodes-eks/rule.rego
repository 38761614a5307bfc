# METADATA
# title: EKS API servers with a public endpoint
# description: Finds EKS clusters whose API server has a public endpoint, which private nodes have no use for.
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
	cloud.public_endpoint(cloud.eks_network(cluster))
	finding := cloud.finding(cluster, sprintf("The API server of %s has a public endpoint", [cloud.label(cluster)]), cloud.eks_private_command)
}
