# METADATA
# title: Credentials in ConfigMaps
# description: ConfigMaps that hold a credential, which anyone who may read configuration can read.
# scope: package
# custom:
#   kinds: [ConfigMap]
#   parameters: [sensitiveKeyNames, sensitiveKeyNamesAllowed, sensitiveValues, sensitiveValuesAllowed]
package armo_builtins

import data.holdfast.lib.credential
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "ConfigMap"
	some key, value in obj.data
	credential.held(key, value)
	finding := finding_about(obj, "data", key)
}

# Binary data is looked at where it is text after all: keys and certificates in PEM.
deny contains finding if {
	some obj in input
	obj.kind == "ConfigMap"
	some key, value in obj.binaryData
	credential.encoded(value)
	finding := finding_about(obj, "binaryData", key)
}

finding_about(obj, field, key) := {
	"alertMessage": sprintf("%s holds a credential in %s", [workload.label(obj), key]),
	"alertObject": {"k8sApiObjects": [obj]},
	"reviewPaths": [sprintf("%s[%s]", [field, key])],
	"noFix": "Applications read this key. Move it to a Secret, change the credential since it has been seen, and point them there.",
}
