# METADATA
# title: Metadata service within reach of pods
# description: Finds nodes where the cloud's metadata service answers pods.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/cloudProviderInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.host_file

deny contains finding if {
	some info in input
	info.data.providerMetaDataAPIAccess == true
	finding := {
		"alertMessage": sprintf("On %s the cloud's metadata service answers pods", [host_file.label(info)]),
		"alertObject": {"k8sApiObjects": [info]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "This is a setting of the virtual machine, not an object of the cluster: ask for tokens and a single hop (EC2), conceal the metadata (GKE), or forbid 169.254.169.254 with a network policy.",
	}
}
