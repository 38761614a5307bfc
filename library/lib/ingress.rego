# METADATA
# title: Ingresses
# description: The Services that an Ingress sends requests to, and where it names them.
package holdfast.lib.ingress

import rego.v1

# {"path": where the name stands, "name": the Service}, one for each backend that is a Service.
backends(ingress) := array.concat(
	[backend |
		some place, name in default_backends(ingress)
		backend := {"path": place, "name": name}
	],
	[backend |
		some i, rule in ingress.spec.rules
		some j, route in rule.http.paths
		some place, name in named(route.backend)
		backend := {"path": sprintf("spec.rules[%d].http.paths[%d].backend.%s", [i, j, place]), "name": name}
	],
)

default_backends(ingress) := {path: name |
	some field in ["defaultBackend", "backend"]
	some place, name in named(ingress.spec[field])
	path := sprintf("spec.%s.%s", [field, place])
}

# The name of a backend's Service by where it stands: as networking.k8s.io/v1 writes it, and as the beta versions did.
named(backend) := {"service.name": backend.service.name} if not backend.service.name in {"", null}

else := {"serviceName": backend.serviceName} if not backend.serviceName in {"", null}
