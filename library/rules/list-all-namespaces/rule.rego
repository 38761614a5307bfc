# METADATA
# title: Namespaces to review
# description: Lists the namespaces that were made for this cluster, for a person to judge whether they are the boundaries that it needs.
# scope: package
# custom:
#   kinds: [Namespace]
package armo_builtins

import rego.v1

deny contains finding if {
	some namespace in input
	namespace.kind == "Namespace"

	# Those that every cluster comes with are no decision of anybody's.
	not startswith(namespace.metadata.name, "kube-")
	finding := {
		"alertMessage": sprintf("Review what shares the namespace %v", [namespace.metadata.name]),
		"alertObject": {"k8sApiObjects": [namespace]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whose workloads belong together is for people to say: give each team and each environment a namespace of its own, and accept this finding where that is so.",
	}
}
