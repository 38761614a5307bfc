# METADATA
# title: Managed cluster without encryption of secrets
# description: Finds managed clusters that do not encrypt secrets with a key of their own.
# scope: package
# custom:
#   kinds: [management.azure.com/ClusterDescribe, eks.amazonaws.com/ClusterDescribe, container.googleapis.com/ClusterDescribe]
#   needs: cloud
#   clouds: [AKS, EKS, GKE]
package armo_builtins

import rego.v1

import data.holdfast.lib.cloud

deny contains msg if {
	some cluster in input
	cluster.kind == "ClusterDescribe"
	advice := remedy(cluster)
	not encrypted(cluster)
	msg := {
		"alertMessage": sprintf("Secrets of %s are not encrypted with a key of its own", [cloud.label(cluster)]),
		"alertObject": {"k8sApiObjects": [cluster]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": advice,
	}
}

encrypted(cluster) if {
	cloud.is_eks(cluster)
	some entry in cloud.eks_field(cluster, ["encryptionConfig", "EncryptionConfig"])
	"secrets" in cloud.field(entry, ["resources", "Resources"])
	cloud.field(cloud.field(entry, ["provider", "Provider"]), ["keyArn", "KeyArn"]) != ""
}

# GKE's database encryption: the state's name, or its number in older answers (1 encrypted, 2 not, 3 everything in etcd).
encrypted(cluster) if {
	cloud.is_gke(cluster)
	cloud.field(cluster.data, ["database_encryption", "databaseEncryption"]).state in {1, 3, "ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"}
}

encrypted(cluster) if {
	cloud.is_aks(cluster)
	cluster.data.properties.securityProfile.azureKeyVaultKms.enabled == true
}

encrypted(cluster) if {
	cloud.is_aks(cluster)
	pools := cluster.data.properties.agentPoolProfiles
	count(pools) > 0
	every pool in pools {
		pool.enableEncryptionAtHost == true
	}
}

remedy(cluster) := "A setting of the cluster, with a key that a person must choose: aws eks associate-encryption-config with resources secrets and the ARN of a KMS key." if cloud.is_eks(cluster)

remedy(cluster) := "A setting of the cluster, with a key that a person must choose: gcloud container clusters update with --database-encryption-key." if cloud.is_gke(cluster)

remedy(cluster) := "A setting of the cluster, with a key that a person must choose: az aks update with --enable-azure-keyvault-kms and --azure-keyvault-kms-key-id; or node pools with --enable-encryption-at-host." if cloud.is_aks(cluster)
