# METADATA
# title: Probes
# description: The containers that the kubelet can't ask how they are.
package holdfast.lib.probe

import data.holdfast.lib.workload
import rego.v1

# One finding for each container without a probe of this kind: readinessProbe or livenessProbe.
findings(obj, probe, question) := [finding |
	some place in probed(obj)
	not asks(place.container, probe)
	finding := {
		"alertMessage": sprintf("%s has no %s", [workload.container_label(obj, place.container), probe]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{"path": sprintf("%s.%s", [workload.container_path(obj, place.list, place.index), probe]), "choose": question}],
	}
]

# The containers that may have probes: those that run as long as their pod, and of the init containers the sidecars.
probed(obj) := [{"list": list, "index": i, "container": container} |
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	runs_on(list, container)
]

runs_on("containers", _)

runs_on("initContainers", container) if container.restartPolicy == "Always"

# Whether a probe of a container says anything.
asks(container, probe) if {
	some _, value in container[probe]
	value != null
}
