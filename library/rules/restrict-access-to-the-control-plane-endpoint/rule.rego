# METADATA
# title: AKS with an API server open to the internet
# description: Finds AKS clusters whose API server answers from every address of the internet.
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
	not restricted(cluster)
	finding := cloud.finding(cluster, sprintf("The API server of %s answers from every address", [cloud.label(cluster)]), "az aks update --api-server-authorized-ip-ranges with the addresses of your own networks.")
}

restricted(cluster) if cloud.private_api_server(cluster)

restricted(cluster) if {
	ranges := cluster.data.properties.apiServerAccessProfile.authorizedIPRanges
	count(ranges) > 0
	not "0.0.0.0/0" in ranges
}
