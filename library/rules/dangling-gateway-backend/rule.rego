# METADATA
# title: Routes to missing Services
# description: Finds backends of the Gateway API's routes whose Service doesn't exist.
# scope: package
# custom:
#   kinds: [gateway.networking.k8s.io/HTTPRoute, gateway.networking.k8s.io/GRPCRoute, gateway.networking.k8s.io/TLSRoute, gateway.networking.k8s.io/TCPRoute, gateway.networking.k8s.io/UDPRoute, Service]
package armo_builtins

import data.holdfast.lib.gateway_route
import data.holdfast.lib.named_object
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	gateway_route.is_route(obj)
	some backend in gateway_route.backends(obj)
	not named_object.exists("Service", backend.namespace, backend.name)
	finding := {
		"alertMessage": sprintf("%s sends requests to Service %v, which is not in namespace %v", [workload.label(obj), backend.name, backend.namespace]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [backend.path],
		"reviewPaths": [backend.path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the name or the namespace is wrong, the Service is missing or the rule is a leftover can't be seen here.",
	}
}
