# METADATA
# title: Namespaces
# description: Counts namespaces as judged, not the policies that they are judged by.
# scope: package
package armo_builtins

import rego.v1

deny contains msg if {
	some namespace in input
	namespace.kind == "Namespace"
	msg := {
		"alertMessage": sprintf("Namespace %v", [namespace.metadata.name]),
		"alertObject": {"k8sApiObjects": [namespace]},
		"failedPaths": [],
		"fixPaths": [],
	}
}
