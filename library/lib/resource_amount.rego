# METADATA
# title: Requests and limits
# description: Whether containers say how much of a resource they request and may use, within the bounds that the parameters set.
package holdfast.lib.resource_amount

import data.holdfast.lib.quantity
import data.holdfast.lib.resource_limit
import data.holdfast.lib.workload
import rego.v1

# One finding for each request and each limit of a resource that is missing or out of bounds.
findings(obj, resource) := missing_requests(obj, resource) | missing_limits(obj, resource) | out_of_bounds(obj, resource)

missing_requests(obj, resource) := {missing(obj, list, i, container, "requests", resource) |
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	unrequested(obj, spec, container, resource)
}

missing_limits(obj, resource) := {missing(obj, list, i, container, "limits", resource) |
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	resource_limit.unlimited(obj, spec, container, resource)
}

missing(obj, list, i, container, part, resource) := {
	"alertMessage": sprintf("%s has no %s %s", [workload.container_label(obj, container), resource, singular(part)]),
	"alertObject": {"k8sApiObjects": [obj]},
	"fixPaths": [{"path": path(obj, list, i, part, resource), "choose": advice(part)}],
}

out_of_bounds(obj, resource) := {finding |
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	some part in ["requests", "limits"]
	written := container.resources[part][resource]
	not quantity.zero(written)
	some fault in bounds_broken(resource, singular(part), written)
	finding := {
		"alertMessage": sprintf("%s has the %s %s %v, %s", [workload.container_label(obj, container), resource, singular(part), written, fault]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [path(obj, list, i, part, resource)],
		"noFix": "Either the amount or the bound is wrong: what the container really uses decides, and its manifest doesn't say that.",
	}
}

# "more than the 2Gi that memory_limit_max allows" for every bound that an amount breaks.
bounds_broken(resource, limit, written) := above(sprintf("%s_%s_max", [resource, limit]), written) | below(sprintf("%s_%s_min", [resource, limit]), written)

above(parameter, written) := {sprintf("more than the %v that %s allows", [bound, parameter]) |
	some bound in data.postureControlInputs[parameter]
	quantity.amount(written) > quantity.amount(bound)
}

below(parameter, written) := {sprintf("less than the %v that %s demands", [bound, parameter]) |
	some bound in data.postureControlInputs[parameter]
	not quantity.zero(bound) # The default: nothing is less.
	quantity.amount(written) < quantity.amount(bound)
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
