# METADATA
# title: Resource limits
# description: Whether a container has a limit of CPU or memory, and from where.
package holdfast.lib.resource_limit

import data.holdfast.lib.quantity
import data.holdfast.lib.workload
import rego.v1

# The containers that may use as much of a resource as their node has.
unlimited(obj, spec, container, resource) if {
	not given(container, resource)
	not given(spec, resource)
	not by_default(obj, resource)
}

# A container and, from Kubernetes 1.32 on, a pod as a whole have `resources`.
given(holder, resource) if {
	limit := holder.resources.limits[resource]
	limit != null
	not quantity.zero(limit)
}

by_default(obj, resource) if [workload.namespace(obj), resource] in defaults

# Namespaces with the resource for which a LimitRange gives their containers a limit that they don't set themselves. Where it has
# only a maximum, the API server takes that as the default.
defaults contains [workload.namespace(obj), resource] if {
	some obj in input
	obj.kind == "LimitRange"
	some item in obj.spec.limits
	item.type == "Container"
	some source in ["default", "max"]
	some resource, limit in item[source]
	limit != null
	not quantity.zero(limit)
}
