# METADATA
# title: Default service accounts that hand out their token
# description: Finds service accounts named default that give their token to every pod which names no account of its own.
# scope: package
# custom:
#   kinds: [ServiceAccount]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

# Somebody asked for it.
deny contains finding if {
	some account in input
	account.metadata.name == "default"
	account.automountServiceAccountToken == true
	finding := object.union(finding_about(account), {
		"failedPaths": ["automountServiceAccountToken"],
		"reviewPaths": ["automountServiceAccountToken"],
		"noFix": "Somebody switched this on, perhaps for a pod that talks to the API server: give that pod an account of its own, then set this to false.",
	})
}

# Nobody said anything.
deny contains finding if {
	some account in input
	account.metadata.name == "default"
	object.get(account, "automountServiceAccountToken", null) == null
	finding := object.union(finding_about(account), {"fixPaths": [{"path": "automountServiceAccountToken", "value": false}]})
}

finding_about(account) := {
	"alertMessage": sprintf("The service account default of namespace %s gives its token to every pod that names no account", [workload.namespace(account)]),
	"alertObject": {"k8sApiObjects": [account]},
}
