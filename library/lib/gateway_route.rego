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
	object.get(reference, "kind", "") in {"Service", "", null}
	object.get(reference, "group", "") in {"", null}
	backend := {
		"path": sprintf("spec.rules[%d].backendRefs[%d].name", [i, j]),
		"namespace": namespace(reference, route),
		"name": reference.name,
	}
]

# A backend without a namespace is in that of the route.
namespace(reference, route) := reference.namespace if not reference.namespace in {"", null}

else := workload.namespace(route)

# A route that is attached to Services alone directs traffic within a mesh.
attached_to_gateway(route) if {
	some parent in route.spec.parentRefs
	object.get(parent, "kind", "") in {"Gateway", "", null}
}
