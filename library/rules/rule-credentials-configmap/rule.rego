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
	finding := {
		"alertMessage": sprintf("%s holds a credential in %s", [workload.label(obj), key]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [sprintf("data[%s]", [key])],
		"noFix": "Applications read this key. Move it to a Secret, change the credential since it has been seen, and point them there.",
	}
}
