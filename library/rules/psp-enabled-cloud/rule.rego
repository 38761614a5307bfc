# METADATA
# title: Managed cluster without PodSecurityPolicy
# description: Finds managed clusters of a version that has PodSecurityPolicy but does not enforce it.
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
	not cloud.without_pod_security_policy(cluster)
	not enforced(cluster)
	msg := {
		"alertMessage": sprintf("PodSecurityPolicies are not enforced in %s", [cloud.label(cluster)]),
		"alertObject": {"k8sApiObjects": [cluster]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": advice,
	}
}

# EKS switches the admission plugin on from 1.13 until Kubernetes drops it.
enforced(cluster) if {
	cloud.is_eks(cluster)
	cloud.version(cluster) >= [1, 13]
}

enforced(cluster) if {
	cloud.is_gke(cluster)
	cloud.field(cluster.data, ["pod_security_policy_config", "podSecurityPolicyConfig"]).enabled == true
}

remedy(cluster) := "Update the cluster: EKS enforces PodSecurityPolicies from Kubernetes 1.13 to 1.24; later versions have the Pod Security Standards instead." if cloud.is_eks(cluster)

remedy(cluster) := "Write policies first, then gcloud beta container clusters update with --enable-pod-security-policy; or update to Kubernetes 1.25 or later and enforce the Pod Security Standards." if cloud.is_gke(cluster)
