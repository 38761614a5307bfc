# METADATA
# title: sudo at the start of a container
# description: Containers whose command or arguments call sudo.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	paths := [sprintf("%s.%s[%d]", [workload.container_path(obj, list, i), words, j]) |
		some words in ["command", "args"]
		some j, word in container[words]
		calls_sudo(word)
	]
	count(paths) > 0
	finding := {
		"alertMessage": sprintf("%s is started through sudo", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": paths,
		"noFix": workload.advice(list, "What sudo is needed for decides what replaces it: the right user in runAsUser, a capability, or a file that belongs to the user."),
	}
}

# As a word of its own, also by its path and within the line of a shell; pseudo and sudoers are others.
calls_sudo(word) if regex.match(`(^|[\s/;&|(])sudo($|[\s;&|)])`, word)
