# METADATA
# title: Istio's ingress
# description: The Gateways that a VirtualService takes requests from, the Services through which these are reached, and the Services that it sends the requests to.
package holdfast.lib.istio

import data.holdfast.lib.named_object
import data.holdfast.lib.service
import data.holdfast.lib.workload
import rego.v1

# Whether an object is a VirtualService of Istio.
is_virtual_service(obj) if {
	obj.kind == "VirtualService"
	startswith(obj.apiVersion, "networking.istio.io/")
}

# The Gateways that a VirtualService names, of those that were read. `mesh` is the inside of the mesh, not a Gateway.
gateways(virtual_service) := [gateway |
	some name in virtual_service.spec.gateways
	name != "mesh"
	parts := full_name(name, workload.namespace(virtual_service))
	some gateway in named_object.objects("Gateway", parts.namespace, parts.name)
	startswith(gateway.apiVersion, "networking.istio.io/")
]

# "gateways/public" is of another namespace, "public" of one's own.
full_name(name, own) := {"namespace": parts[0], "name": parts[1]} if parts := split(name, "/")

else := {"namespace": own, "name": name}

# The exposed Services whose pods run a Gateway: their selector asks for all that the Gateway's selector asks for. Without
# a selector a Gateway runs on every gateway pod, which can't be told from others.
entrances(gateway) := [input[place] | some place in object.get(entrance_places, gateway_key(gateway), [])]

# A complete document, so that it is made once and not route by route.
entrance_places := collected

collected[gateway_key(gateway)] contains place if {
	some gateway in input
	gateway.kind == "Gateway"
	count(gateway.spec.selector) > 0
	some place in exposed_services
	every key, value in gateway.spec.selector {
		input[place].spec.selector[key] == value
	}
}

exposed_services contains place if {
	some place, obj in input
	obj.kind == "Service"
	service.exposed(obj)
}

gateway_key(gateway) := sprintf("%v/%v", [workload.namespace(gateway), gateway.metadata.name])

# {"path": where the host stands, "namespace", "name"}, one for each destination.
destinations(virtual_service) := [destination |
	some protocol in ["http", "tls", "tcp"]
	some i, rule in virtual_service.spec[protocol]
	some j, route in rule.route
	parts := split(route.destination.host, ".")
	destination := {
		"path": sprintf("spec.%s[%d].route[%d].destination.host", [protocol, i, j]),
		"namespace": host_namespace(parts, workload.namespace(virtual_service)),
		"name": parts[0],
	}
]

# web, web.shop, web.shop.svc and web.shop.svc.cluster.local; a host outside the cluster leads to no Service.
host_namespace(parts, own) := own if count(parts) == 1

host_namespace(parts, _) := parts[1] if count(parts) == 2

host_namespace(parts, _) := parts[1] if parts[2] == "svc"
