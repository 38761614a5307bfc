# METADATA
# title: EKS cluster whose access is kept in a ConfigMap
# description: Finds EKS clusters that know access only by the ConfigMap aws-auth, and not by access entries.
# scope: package
# custom:
#   kinds: [eks.amazonaws.com/ClusterDescribe]
#   needs: cloud
#   clouds: [EKS]
package armo_builtins

import rego.v1

import data.holdfast.lib.cloud

deny contains finding if {
	some cluster in input
	cluster.kind == "ClusterDescribe"
	cloud.is_eks(cluster)
	not has_access_entries(cluster)
	finding := cloud.finding(
		cluster,
		sprintf("Who may enter %s stands in the ConfigMap aws-auth alone", [cloud.label(cluster)]),
		"aws eks update-cluster-config --name CLUSTER --access-config authenticationMode=API_AND_CONFIG_MAP, then access entries for all whom aws-auth names, then authenticationMode=API. There is no way back.",
	)
}

# Clusters of the time before access entries don't name a mode.
has_access_entries(cluster) if {
	access := cloud.eks_field(cluster, ["accessConfig", "AccessConfig"])
	cloud.field(access, ["authenticationMode", "AuthenticationMode"]) in {"API", "API_AND_CONFIG_MAP"}
}
