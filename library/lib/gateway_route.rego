# METADATA
# title: Routes of the Gateway API
# description: The Services that a route sends requests to, and whether it takes them from a Gateway.
package holdfast.lib.gateway_route

import data.holdfast.lib.workload
import rego.v1

# Whether an object is a route of any protocol.
is_route(obj) if {
	obj.kind in {"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"}
	startswith(obj.apiVersion, "gateway.networking.k8s.io/")
}

# {"path": where the name stands, "namespace", "name"}, one for each backend that is a Service.
backends(route) := [backend |
	some i, rule in route.spec.rules
	some j, reference in rule.backendRefs
	object.get(reference, "kind", "Service") == "Service"
	object.get(reference, "group", "") == ""
	backend := {
		"path": sprintf("spec.rules[%d].backendRefs[%d].name", [i, j]),
		"namespace": object.get(reference, "namespace", workload.namespace(route)),
		"name": reference.name,
	}
]

# A route that is attached to Services alone directs traffic within a mesh.
attached_to_gateway(route) if {
	some parent in route.spec.parentRefs
	object.get(parent, "kind", "Gateway") == "Gateway"
}
