# METADATA
# title: Security contexts
# description: The places where a workload says how its processes are confined, its pod and each of its containers, and findings about them.
package holdfast.lib.security_context

import data.holdfast.lib.workload
import rego.v1

# All of them: the pod's, then those of its containers.
places(obj) := array.concat([pod(obj)], containers(obj))

# The pod's own: {"list" that says how it is repaired, "context"}.
pod(obj) := {
	"list": "containers",
	"context": object.get(workload.pod_spec(obj), "securityContext", {}),
}

# Those of the containers of every list, which also say whose they are: {"list", "index" in it, "container", "context"}.
containers(obj) := [place |
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	place := {
		"list": list,
		"index": i,
		"container": container,
		"context": object.get(container, "securityContext", {}),
	}
]

# The path of a place.
path(obj, place) := sprintf("%s.securityContext", [workload.container_path(obj, place.list, i)]) if i := place.index

else := sprintf("%s.securityContext", [workload.pod_path(obj)])

# Whose place it is, for messages.
label(obj, place) := workload.container_label(obj, container) if container := place.container

else := workload.label(obj)

# A finding about a place: what is wrong there, and what repairs it.
finding(obj, place, fault, repair) := object.union(repair, {
	"alertMessage": sprintf("%s %s", [label(obj, place), fault]),
	"alertObject": {"k8sApiObjects": [obj]},
})
