# METADATA
# title: Managed cluster without RBAC
# description: Finds clusters whose provider says that RBAC is off, or that the older rules beside it still hold.
# scope: package
# custom:
#   kinds: [management.azure.com/ClusterDescribe, container.googleapis.com/ClusterDescribe, eks.amazonaws.com/ClusterDescribe]
#   needs: cloud
#   clouds: [AKS, EKS, GKE]
package armo_builtins

import data.holdfast.lib.cloud
import rego.v1

# EKS has nothing but RBAC, so that its clusters pass.
deny contains finding if {
	some cluster in input
	fault := fault_of(cluster)
	finding := {
		"alertMessage": sprintf("In %s, %s", [cloud.label(cluster), fault.text]),
		"alertObject": {"k8sApiObjects": [cluster]},
		"failedPaths": [fault.path],
		"reviewPaths": [fault.path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": fault.advice,
	}
}

fault_of(cluster) := {
	"text": "RBAC is off",
	"path": "data.properties.enableRBAC",
	"advice": "AKS sets this when a cluster is made and can't change it later: make a new cluster with RBAC and move there.",
} if {
	cloud.is_aks(cluster)
	not cluster.data.properties.enableRBAC == true
}

fault_of(cluster) := {
	"text": "legacy authorization allows what RBAC doesn't",
	"path": sprintf("data.%s.enabled", [keys[0]]),
	"advice": "Switch it off with gcloud container clusters update NAME --no-enable-legacy-authorization, once roles give those rights that are still needed.",
} if {
	cloud.is_gke(cluster)
	keys := [key | some key in ["legacy_abac", "legacyAbac"]; cluster.data[key].enabled == true]
}
