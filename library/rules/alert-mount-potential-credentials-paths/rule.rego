# METADATA
# title: Credentials of the cloud in pods
# description: Workloads with a volume that holds the files in which a cloud provider keeps credentials on a node.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   clouds: [EKS, GKE, AKS]
package armo_builtins

import data.holdfast.lib.host_path
import rego.v1

deny contains finding if {
	some obj in input
	some volume in host_path.volumes(obj)
	holds_credentials(upper(data.dataControlInputs.cloudProvider), volume.path)
	message := sprintf("has %s of its node in volume %v, where credentials of the cloud lie", [volume.path, volume.name])
	finding := host_path.finding(obj, volume, message, "What needs the cloud gets an identity of its own instead: EKS Pod Identity, Workload Identity of GKE or of Azure.")
}

holds_credentials(provider, path) if {
	some file in credential_files(provider)
	host_path.exposes(path, file)
}

# The folder of a provider's tools in any home directory.
holds_credentials("EKS", path) if contains(sprintf("%s/", [path]), "/.aws/")

holds_credentials("GKE", path) if contains(sprintf("%s/", [path]), "/.config/gcloud/")

holds_credentials("AKS", path) if contains(sprintf("%s/", [path]), "/.azure/")

# What lies on nodes at a fixed place. A folder that leads there exposes it as well.
credential_files("EKS") := ["/.aws", "/root/.aws"]

credential_files("GKE") := ["/.config/gcloud", "/gcloud", "/root/.config/gcloud"]

credential_files("AKS") := ["/.azure", "/root/.azure", "/etc/kubernetes/azure.json"]
