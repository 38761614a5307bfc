# METADATA
# title: Namespaces without service accounts of their own
# description: Finds namespaces in which nothing but the service account default was described, so that every workload there shares it.
# scope: package
# custom:
#   kinds: [Namespace, ServiceAccount]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	served := {workload.namespace(account) |
		some account in input
		account.kind == "ServiceAccount"
		account.metadata.name != "default"
	}
	some namespace in input
	namespace.kind == "Namespace"
	not namespace.metadata.name in served
	finding := {
		"alertMessage": sprintf("Namespace %s has no service account but default", [namespace.metadata.name]),
		"alertObject": {"k8sApiObjects": [namespace]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "An account belongs to an application: make one for each, and name it in the pod's serviceAccountName.",
	}
}
