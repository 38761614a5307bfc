# METADATA
# title: Managed clusters
# description: What a cloud provider says about a cluster, from its ClusterDescribe. Providers and their clients differ in the case of field names, so both spellings are read.
package holdfast.lib.cloud

import rego.v1

is_eks(cluster) if startswith(cluster.apiVersion, "eks.amazonaws.com/")

is_gke(cluster) if startswith(cluster.apiVersion, "container.googleapis.com/")

is_aks(cluster) if startswith(cluster.apiVersion, "management.azure.com/")

# The first of the names that the object has a value for.
field(obj, names) := values[0] if values := [value | some name in names; value := obj[name]; value != null]

eks_field(cluster, names) := field(field(cluster.data, ["cluster", "Cluster"]), names)

# The version as [major, minor]; undefined where the provider doesn't say it.
version(cluster) := numbers(eks_field(cluster, ["version", "Version"])) if is_eks(cluster)

version(cluster) := numbers(field(cluster.data, ["current_master_version", "currentMasterVersion"])) if is_gke(cluster)

# Kubernetes 1.25 dropped PodSecurityPolicy.
without_pod_security_policy(cluster) if version(cluster) >= [1, 25]

numbers(text) := [to_number(parts[0][1]), to_number(parts[0][2])] if {
	parts := regex.find_all_string_submatch_n(`^v?(\d+)\.(\d+)`, text, 1)
}

label(cluster) := sprintf("cluster %v", [name]) if name := cluster.metadata.name

else := "the cluster"

# A finding about what a provider says of a cluster. That is no file to edit, so it has no paths, and the remedy is a command.
finding(cluster, message, remedy) := {
	"alertMessage": message,
	"alertObject": {"k8sApiObjects": [cluster]},
	"failedPaths": [],
	"reviewPaths": [],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": sprintf("A setting of the cloud, not of an object in the cluster: %s", [remedy]),
}

# An AKS cluster's API server that only the virtual network reaches.
private_api_server(cluster) if cluster.data.properties.apiServerAccessProfile.enablePrivateCluster == true

private_api_server(cluster) if cluster.data.properties.privateEndpoint.id != ""

# How an EKS cluster and its API server are connected; undefined where the description doesn't say it.
eks_network(cluster) := eks_field(cluster, ["resourcesVpcConfig", "ResourcesVpcConfig"]) if is_eks(cluster)

# Whether nodes reach the API server without leaving their network.
private_endpoint(network) if field(network, ["endpointPrivateAccess", "EndpointPrivateAccess"]) == true

# Whether the API server has a public address.
public_endpoint(network) if field(network, ["endpointPublicAccess", "EndpointPublicAccess"]) == true

# Whether the whole world may connect to that address.
open_endpoint(network) if {
	public_endpoint(network)
	some range in field(network, ["publicAccessCidrs", "PublicAccessCidrs"])
	range in {"0.0.0.0/0", "::/0"}
}

# The command that closes an EKS cluster's API server to the outside.
eks_private_command := "aws eks update-cluster-config --name CLUSTER --resources-vpc-config endpointPrivateAccess=true,endpointPublicAccess=false"
