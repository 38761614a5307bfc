# METADATA
# title: AKS without a private endpoint
# description: Finds AKS clusters whose API server has a public address instead of a private endpoint.
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
	not cloud.private_api_server(cluster)
	finding := cloud.finding(cluster, sprintf("The API server of %s has no private endpoint", [cloud.label(cluster)]), "az aks create --enable-private-cluster, or az aks update --enable-apiserver-vnet-integration --enable-private-cluster.")
}
