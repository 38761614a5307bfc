# METADATA
# title: Managed cluster without control plane logs
# description: Finds managed clusters whose audit and control plane logs are not all kept.
# scope: package
# custom:
#   kinds: [eks.amazonaws.com/ClusterDescribe, container.googleapis.com/ClusterDescribe]
#   needs: cloud
#   clouds: [EKS, GKE]
package armo_builtins

import rego.v1

import data.holdfast.lib.cloud

deny contains msg if {
	some cluster in input
	cluster.kind == "ClusterDescribe"
	advice := remedy(cluster)
	not logged(cluster)
	msg := {
		"alertMessage": sprintf("The control plane logs of %s are not all kept", [cloud.label(cluster)]),
		"alertObject": {"k8sApiObjects": [cluster]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": advice,
	}
}

logged(cluster) if {
	cloud.is_eks(cluster)
	kept := {type |
		some entry in cloud.field(cloud.eks_field(cluster, ["logging", "Logging"]), ["clusterLogging", "ClusterLogging"])
		cloud.field(entry, ["enabled", "Enabled"]) == true
		some type in cloud.field(entry, ["types", "Types"])
	}
	every type in ["api", "audit", "authenticator", "controllerManager", "scheduler"] {
		type in kept
	}
}

logged(cluster) if {
	cloud.is_gke(cluster)
	service := cloud.field(cluster.data, ["logging_service", "loggingService"])
	not service in {"none", ""}
}

remedy(cluster) := "A setting of the cluster: aws eks update-cluster-config with --logging that enables the types api, audit, authenticator, controllerManager and scheduler. CloudWatch bills what it keeps." if cloud.is_eks(cluster)

remedy(cluster) := "A setting of the cluster: gcloud container clusters update with --logging=SYSTEM,API_SERVER,SCHEDULER,CONTROLLER_MANAGER. Cloud Logging bills what it keeps." if cloud.is_gke(cluster)
