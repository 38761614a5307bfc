# METADATA
# title: Processes of the control plane
# description: The containers that run a program of the control plane, and findings about them. A process is {"pod", "place", "container"}.
package holdfast.lib.control_plane_process

import rego.v1

# The processes of a program among the objects.
of(program) := [process |
	some pod in input
	pod.kind == "Pod"
	some place in places(pod, program)
	process := {"pod": pod, "place": place, "container": pod.spec.containers[place]}
]

# The places of the pod's containers that run the program. A pod that only carries its label (kubeadm and RKE2 label their
# static pods) runs it in its only container.
places(pod, program) := found if {
	found := [i | some i, container in pod.spec.containers; runs(container, program)]
	count(found) > 0
}

else := [0] if {
	pod.metadata.labels.component == program
	count(pod.spec.containers) == 1
}

runs(container, program) if container.name == program

# Distributions start it by a path, or as the first word after a multi-call binary such as /hyperkube.
runs(container, program) if is_path_of(container.command[0], program)

runs(container, program) if is_path_of(container.command[1], program)

runs(container, program) if is_path_of(container.args[0], program)

is_path_of(word, program) if {
	endswith(word, program) # which is quickly seen of most words
	parts := split(word, "/")
	parts[count(parts) - 1] == program
}

# The etcd that serves a control plane. An application may keep one of its own, whose pods these rules leave alone, and an
# etcd with a configuration file takes no flag into account.
etcd := [object.union(process, {"environment": "ETCD_"}) |
	some process in of("etcd")
	of_control_plane(process.pod)
	not configured_by_file(process.container)
]

of_control_plane(pod) if startswith(pod.metadata.namespace, "kube-")

of_control_plane(pod) if startswith(pod.metadata.namespace, "openshift-")

of_control_plane(pod) if pod.metadata.labels.tier == "control-plane"

configured_by_file(container) if {
	some list in ["command", "args"]
	some word in container[list]
	regex.match(`(^|\s)--?config-file(=|\s|$)`, word)
}

# What a rule denies. The sentence has a %v for the name of the pod; the fault holds the paths and what mends them.
finding(process, sentence, fault) := object.union(
	{
		"alertMessage": sprintf(sentence, [object.get(process.pod, ["metadata", "name"], "without a name")]),
		"alertObject": {"k8sApiObjects": [process.pod]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
	},
	fault,
)

# What a filter says of a process that is judged.
judged(process) := finding(process, "%v", {})
