# METADATA
# title: Encryption configuration that does not encrypt secrets
# description: Finds API servers whose EncryptionConfiguration writes secrets as they are, or with a provider that is not recommended, and those that have none.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/ControlPlaneInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_info

deny contains msg if {
	some info in control_plane_info.nodes
	config := control_plane_info.api_server_file(info, "encryptionProviderConfigFile")
	fault := config_fault(config)
	name := control_plane_info.label(info)
	msg := finding(
		fault,
		sprintf("The encryption configuration of node %v does not encrypt secrets", [name]),
		# Not the content: it holds the keys.
		{"externalObjects": {
			"apiVersion": object.get(config, "apiVersion", "apiserver.config.k8s.io/v1"),
			"kind": "EncryptionConfiguration",
			"metadata": {"name": "encryption-provider-config"},
		}},
	)
}

deny contains msg if {
	some info in control_plane_info.nodes
	control_plane_info.lacks_flag(info, "--encryption-provider-config")
	name := control_plane_info.label(info)
	msg := finding(
		{"noFix": "An EncryptionConfiguration has to be written on the node, with a key that outlives it; then --encryption-provider-config names it."},
		sprintf("The API server on node %v has no encryption configuration", [name]),
		{"k8sApiObjects": [info]},
	)
}

finding(fault, message, object_of_alert) := object.union(
	{"alertMessage": message, "alertObject": object_of_alert, "failedPaths": [], "reviewPaths": [], "deletePaths": [], "fixPaths": []},
	fault,
)

# The first entry that is for secrets decides, and in it the first provider.
config_fault(config) := {"fixPaths": [{
	"path": sprintf("resources[%d]", [count(object.get(config, "resources", []))]),
	"choose": "Which provider encrypts secrets: no entry of the configuration is for them.",
}]} if {
	count(entries_for_secrets(config)) == 0
}

else := {"fixPaths": [{
	"path": sprintf("resources[%d].providers[%d]", [i, count(object.get(config.resources[i], "providers", []))]),
	"choose": "Which provider, with which key: kms, secretbox or aescbc. It must stand before identity.",
	"value": `{"aescbc" | "secretbox" | "kms" : <provider config>}`,
}]} if {
	i := entries_for_secrets(config)[0]
	not encrypts(object.get(config.resources[i], "providers", []))
}

else := {
	"failedPaths": [sprintf("resources[%d].providers[0]", [i])],
	"noFix": "The first provider is the one that writes. Put the encrypting one first on every API server, restart them, then rewrite all secrets.",
} if {
	i := entries_for_secrets(config)[0]
	not encrypts([config.resources[i].providers[0]])
}

entries_for_secrets(config) := [i |
	some i, entry in config.resources
	some resource in entry.resources
	resource in {"secrets", "secrets.", "*.", "*.*"}
]

encrypts(providers) if {
	some provider in providers
	some name, _ in provider
	name in {"aescbc", "secretbox", "kms"}
}
