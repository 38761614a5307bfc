# METADATA
# title: AKS without Azure RBAC
# description: Finds AKS clusters where Azure does not decide who may do what in the cluster.
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
	not cluster.data.properties.aadProfile.enableAzureRBAC == true
	finding := cloud.finding(cluster, sprintf("Azure RBAC does not decide about access in %s", [cloud.label(cluster)]), "az aks update --enable-azure-rbac, where Microsoft Entra ID is on already (--enable-aad).")
}
