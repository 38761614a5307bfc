# METADATA
# title: Security contexts
# description: The places where a workload says how its processes are confined, its pod and each of its containers, and findings about them.
package holdfast.lib.security_context

import data.holdfast.lib.workload
import rego.v1

# All of them: the pod's, then those of its containers.
places(obj) := array.concat([pod(obj)], containers(obj))

# The pod's own: {"label" for messages, "list" that says how it is repaired, "path", "context"}.
pod(obj) := {
	"label": workload.label(obj),
	"list": "containers",
	"path": sprintf("%s.securityContext", [workload.pod_path(obj)]),
	"context": object.get(workload.pod_spec(obj), "securityContext", {}),
}

# Those of the containers of every list, in the same form.
containers(obj) := [place |
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	place := {
		"label": workload.container_label(obj, container),
		"list": list,
		"path": sprintf("%s.securityContext", [workload.container_path(obj, list, i)]),
		"context": object.get(container, "securityContext", {}),
	}
]

# A finding about a place: what is wrong there, and what repairs it.
finding(obj, place, fault, repair) := object.union(repair, {
	"alertMessage": sprintf("%s %s", [place.label, fault]),
	"alertObject": {"k8sApiObjects": [obj]},
})
