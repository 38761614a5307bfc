# METADATA
# title: Requests and limits
# description: Whether containers say how much of a resource they request and may use, within the bounds that the parameters set.
package holdfast.lib.resource_amount

import data.holdfast.lib.quantity
import data.holdfast.lib.resource_limit
import data.holdfast.lib.workload
import rego.v1

# One finding for each request and each limit of a resource that is missing or out of bounds.
findings(resource) := array.concat(missing_requests(resource), array.concat(missing_limits(resource), out_of_bounds(resource)))

missing_requests(resource) := [missing(obj, list, i, container, "requests", resource) |
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	unrequested(obj, spec, container, resource)
]

missing_limits(resource) := [missing(obj, list, i, container, "limits", resource) |
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	resource_limit.unlimited(obj, spec, container, resource)
]

missing(obj, list, i, container, part, resource) := {
	"alertMessage": sprintf("%s has no %s %s", [workload.container_label(obj, container), resource, singular(part)]),
	"alertObject": {"k8sApiObjects": [obj]},
	"fixPaths": [{"path": path(obj, list, i, part, resource), "choose": advice(part)}],
}

# Mostly there are no bounds, and then no amounts to read.
out_of_bounds(resource) := [finding |
	some bound in bounds(resource)
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	written := container.resources[bound.part][resource]
	not quantity.zero(written)
	fault := fault_of(bound.side, bound, written)
	finding := {
		"alertMessage": sprintf("%s has the %s %s %v, %s", [workload.container_label(obj, container), resource, singular(bound.part), written, fault]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [path(obj, list, i, bound.part, resource)],
		"noFix": "Either the amount or the bound is wrong: what the container really uses decides, and its manifest doesn't say that.",
	}
]

# The bounds that the parameters set: {"part" that they are about, "side", "parameter", "value"}.
bounds(resource) := [{"part": part, "side": side, "parameter": parameter, "value": value} |
	some part in ["requests", "limits"]
	some side in ["max", "min"]
	parameter := sprintf("%s_%s_%s", [resource, singular(part), side])
	some value in data.postureControlInputs[parameter]
	not bounds_nothing(side, value)
]

# The default: nothing is less.
bounds_nothing("min", value) if quantity.zero(value)

# "more than the 2Gi that memory_limit_max allows", where an amount breaks a bound.
fault_of("max", bound, written) := sprintf("more than the %v that %s allows", [bound.value, bound.parameter]) if {
	quantity.amount(written) > quantity.amount(bound.value)
}

fault_of("min", bound, written) := sprintf("less than the %v that %s demands", [bound.value, bound.parameter]) if {
	quantity.amount(written) < quantity.amount(bound.value)
}

# The containers for which the scheduler reserves nothing of a resource. A limit doesn't stand in for the request here
# (docs/differences.md).
unrequested(obj, spec, container, resource) if {
	not requested(container, resource)
	not requested(spec, resource)
	not requested_by_default(obj, resource)
}

# A container and, from Kubernetes 1.32 on, a pod as a whole have `resources`.
requested(holder, resource) if {
	amount := holder.resources.requests[resource]
	amount != null
	not quantity.zero(amount)
}

requested_by_default(obj, resource) if [workload.namespace(obj), resource] in default_requests

# Namespaces with the resource of which a LimitRange lets their containers request something. Where it names no default
# request, the API server takes its default limit, and where there is none, its bounds.
default_requests contains [workload.namespace(obj), resource] if {
	some obj in input
	obj.kind == "LimitRange"
	some item in obj.spec.limits
	item.type == "Container"
	some source in ["defaultRequest", "default", "max", "min"]
	some resource, amount in item[source]
	amount != null
	not quantity.zero(amount)
}

path(obj, list, i, part, resource) := sprintf("%s.resources.%s.%s", [workload.container_path(obj, list, i), part, resource])

singular(part) := trim_suffix(part, "s")

advice("requests") := "what it uses on an ordinary day, such as 100m of CPU or 128Mi of memory"

advice("limits") := "as much as its busiest minute needs, such as 500m of CPU or 512Mi of memory"
