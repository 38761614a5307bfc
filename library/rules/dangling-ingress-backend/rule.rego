# METADATA
# title: Ingresses to missing Services
# description: Finds backends of Ingresses whose Service is not in the Ingress's namespace.
# scope: package
# custom:
#   kinds: [networking.k8s.io/Ingress, Service]
package armo_builtins

import data.holdfast.lib.ingress
import data.holdfast.lib.named_object
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "Ingress"
	some backend in ingress.backends(obj)
	not named_object.exists("Service", workload.namespace(obj), backend.name)
	finding := {
		"alertMessage": sprintf("%s sends requests to Service %v, which is not in namespace %v", [workload.label(obj), backend.name, workload.namespace(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [backend.path],
		"reviewPaths": [backend.path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the name is wrong, the Service is missing or the rule is a leftover can't be seen here.",
	}
}
