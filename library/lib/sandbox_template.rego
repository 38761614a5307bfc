# METADATA
# title: Sandbox templates
# description: The pods that Agent Sandbox makes from a SandboxTemplate.
package holdfast.lib.sandbox_template

import data.holdfast.lib.quantity
import data.holdfast.lib.workload
import rego.v1

# The spec of the pods; undefined for any other object.
pod_spec(obj) := object.get(obj, ["spec", "podTemplate", "spec"], {}) if obj.kind == "SandboxTemplate"

# Every container of every template: [template, pod spec, path of the container, container].
containers contains [obj, spec, path, container] if {
	some obj in input
	spec := pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	path := sprintf("spec.podTemplate.spec.%s[%d]", [list, i])
}

# One finding for each container that has no limit of a resource, or one above the bound of the parameter.
limit_findings(resource, parameter) := {finding |
	some [obj, spec, path, container] in containers
	finding := object.union(limit_fault(spec, path, container, resource, parameter), {"alertObject": {"k8sApiObjects": [obj]}})
}

# What is wrong with the limit of one container; undefined where nothing is.
limit_fault(spec, path, container, resource, parameter) := {
	"alertMessage": sprintf("container %v of a sandbox has no limit of %s", [object.get(container, "name", "without a name"), resource]),
	"fixPaths": [{
		"path": sprintf("%s.resources.limits.%s", [path, resource]),
		"choose": sprintf("as much %s as the code in it may use at most, within the bound of the parameter %s", [resource, parameter]),
	}],
} if {
	not limit(spec, path, container, resource)
}

limit_fault(spec, path, container, resource, parameter) := {
	"alertMessage": sprintf("container %v of a sandbox may use more %s than the bound that is set for sandboxes", [object.get(container, "name", "without a name"), resource]),
	"reviewPaths": [found.path],
	"noFix": sprintf("How much it needs can't be seen here: lower it to the bound in the parameter %s, or raise the bound.", [parameter]),
} if {
	found := limit(spec, path, container, resource)
	some written in data.postureControlInputs[parameter]
	bound := quantity.amount(written)
	not within(found.value, bound)
}

# A limit that can't be read is within no bound.
within(value, bound) if quantity.amount(value) <= bound

# The limit that holds: the container's own, else that of the pod as a whole. A limit of nothing is none.
limit(spec, path, container, resource) := {"path": sprintf("%s.resources.limits.%s", [path, resource]), "value": value} if {
	value := container.resources.limits[resource]
	is_limit(value)
}

else := {"path": sprintf("spec.podTemplate.spec.resources.limits.%s", [resource]), "value": value} if {
	value := spec.resources.limits[resource]
	is_limit(value)
}

is_limit(value) if {
	value != null
	not quantity.zero(value)
}
