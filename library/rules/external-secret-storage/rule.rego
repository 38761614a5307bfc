# METADATA
# title: Secrets without an external key service
# description: Finds API servers that keep Secrets in etcd without a key service outside the cluster.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/ControlPlaneInfo]
#   needs: host-data
package armo_builtins

import rego.v1

deny contains finding if {
	some info in input
	info.kind == "ControlPlaneInfo"
	config := yaml.unmarshal(base64.decode(info.data.APIServerInfo.encryptionProviderConfigFile.content))
	not uses_key_service(config)
	place := count(object.get(config, "resources", []))
	finding := {
		"alertMessage": sprintf("The API server of %v encrypts Secrets without an external key service", [info.metadata.name]),
		"alertObject": {"k8sApiObjects": [info], "externalObjects": {
			"apiVersion": object.get(config, "apiVersion", ""),
			"kind": object.get(config, "kind", "EncryptionConfiguration"),
			"name": "encryption-provider-config",
		}},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [
			{"path": sprintf("resources[%d].resources[0]", [place]), "value": "secrets", "choose": "In which entry of the file: the first that covers secrets counts, so that kms belongs there, before all other providers."},
			{"path": sprintf("resources[%d].providers[0].kms", [place]), "value": "YOUR_EXTERNAL_KMS", "choose": "Which key service, by the name and the socket of its plugin."},
		],
	}
}

# An API server that is given no configuration keeps Secrets as they are.
deny contains finding if {
	some info in input
	info.kind == "ControlPlaneInfo"
	server := info.data.APIServerInfo
	object.get(server, "encryptionProviderConfigFile", null) == null
	finding := {
		"alertMessage": sprintf("The API server of %v has no configuration for the encryption of Secrets", [info.metadata.name]),
		"alertObject": {"k8sApiObjects": [info]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Write an EncryptionConfiguration on the node that names a key service for secrets, and start the API server with --encryption-provider-config.",
	}
}

uses_key_service(config) if {
	some entry in config.resources
	some resource in entry.resources
	resource in {"secrets", "*.", "*.*"}
	some provider in entry.providers
	provider.kms != null
}
