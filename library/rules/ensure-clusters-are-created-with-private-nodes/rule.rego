# METADATA
# title: AKS outside a private network
# description: Finds AKS clusters whose nodes reach the API server over the internet, or have public addresses themselves.
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
	not private_nodes(cluster)
	finding := cloud.finding(cluster, sprintf("The nodes of %s are not in a private network", [cloud.label(cluster)]), "a cluster is made private with az aks create --enable-private-cluster or az aks update --enable-apiserver-vnet-integration; node pools without --enable-node-public-ip.")
}

private_nodes(cluster) if {
	cloud.private_api_server(cluster)
	not public_pool(cluster)
}

public_pool(cluster) if {
	some pool in cluster.data.properties.agentPoolProfiles
	pool.enableNodePublicIP == true
}
