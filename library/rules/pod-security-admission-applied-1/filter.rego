# METADATA
# title: What is judged
# description: Namespaces; webhooks and policies only say what holds for them.
# scope: package
package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	obj.kind == "Namespace"
}
