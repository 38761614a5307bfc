# METADATA
# title: What is judged
# description: Namespaces; the accounts only say what is in them.
# scope: package
package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [namespace]}} if {
	some namespace in input
	namespace.kind == "Namespace"
}
